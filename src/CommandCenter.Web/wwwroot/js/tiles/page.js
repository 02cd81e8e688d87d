// The page of cameras: which tiles there are and in which order, which of them are seen, which one is large, and what the browser can bear.

import { Budget, modesOf } from 'tiles/budget';
import { Calls } from 'tiles/calls';
import { TileFeed } from 'tiles/feed';
import { nextOf } from 'tiles/grid';
import { followList } from 'tiles/list';
import { Tile } from 'tiles/tile';
import { fill, reasonText } from 'tiles/words';

const paintEveryMs = 500;
const measureEveryMs = 2000;
const seenMax = 64;
const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

const texts = JSON.parse(document.getElementById('cameras-texts').textContent);
const list = document.getElementById('tiles');
const note = document.getElementById('note');
const count = document.getElementById('count');
const calls = new Calls(document.getElementById('calls'), texts);
const tiles = new Map();
const seen = new Set();
const budget = new Budget(seenMax);
let focused = null;
let video = { state: 'on', reason: '' };
let fault = '';
let answer = null;

const feed = new TileFeed((state, reason) => {
  video = { state, reason };
  sayNote();
});

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const id = target.dataset.camera;
    if (isIntersecting) {
      seen.add(id);
    } else {
      seen.delete(id);
    }
  }
  arrange();
}, { rootMargin: '120px' });

/** The tiles as they stand on the page. */
const inOrder = () => [...list.children].map((element) => tiles.get(element.dataset.camera));

function take(next) {
  answer = next;
  fault = '';
  calls.show(next.calls, Date.parse(next.now));
  const ids = new Set(next.cameras.map((camera) => camera.id));
  for (const [id, tile] of tiles) {
    if (!ids.has(id)) {
      watcher.unobserve(tile.element);
      seen.delete(id);
      tile.close();
      tiles.delete(id);
      focused = focused === id ? null : focused;
    }
  }
  for (const camera of next.cameras) {
    let tile = tiles.get(camera.id);
    if (!tile) {
      tile = new Tile(camera.id, feed, texts);
      tiles.set(camera.id, tile);
      tile.button.addEventListener('click', () => enlarge(focused === camera.id ? null : camera.id));
      list.append(tile.element);
      watcher.observe(tile.element);
    }
    tile.take(camera);
  }
  sort(next.cameras.map((camera) => camera.id));
  arrange();
  paint();
}

// Whoever has the keyboard keeps it: a tile that is moved would lose it.
function sort(ids) {
  if (inOrder().every((tile, place) => tile.id === ids[place])) {
    return;
  }
  const held = document.activeElement;
  ids.forEach((id, place) => {
    const { element } = tiles.get(id);
    if (list.children[place] !== element) {
      list.insertBefore(element, list.children[place] ?? null);
    }
  });
  if (held !== document.activeElement && list.contains(held)) {
    held.focus({ preventScroll: true });
  }
}

function arrange() {
  const order = inOrder().map((tile) => tile.id).filter((id) => seen.has(id) || id === focused).slice(0, seenMax);
  const modes = modesOf(order, focused, budget.full);
  for (const [id, tile] of tiles) {
    tile.show(modes.has(id) && !document.hidden, { camera: id, kind: id === focused ? 'main' : 'sub', mode: modes.get(id) });
  }
}

function enlarge(id) {
  focused = id;
  list.dataset.enlarged = String(id !== null);
  arrange();
  paint();
  if (id) {
    tiles.get(id).element.scrollIntoView({ block: 'nearest' });
  }
}

function paint() {
  for (const tile of tiles.values()) {
    tile.paint(tile.id === focused);
  }
  if (answer) {
    const live = [...tiles.values()].filter((tile) => tile.element.dataset.state === 'live').length;
    count.textContent = fill(texts.count, answer.cameras.length, live);
  }
  sayNote();
}

function sayNote() {
  const text = fault === 'ended' ? texts.ended
    : fault === 'away' || video.state === 'away' ? texts.away
    : video.state === 'off' ? fill(texts['video.off'], reasonText(video.reason, texts))
    : answer && answer.cameras.length === 0 ? texts.none
    : '';
  note.hidden = text === '';
  if (note.textContent !== text) {
    note.textContent = text;
  }
}

function measure() {
  const sum = { painted: 0, late: 0, dropped: 0, tiles: 0 };
  for (const { live } of tiles.values()) {
    const part = live?.measure();
    if (part && live.wish.mode === 'all') {
      sum.painted += part.painted;
      sum.late += part.late;
      sum.dropped += part.dropped;
      sum.tiles++;
    }
  }
  if (!document.hidden) {
    budget.take(sum);
    arrange();
  }
  list.dataset.full = String(budget.full);
}

list.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && focused) {
    const { button } = tiles.get(focused);
    enlarge(null);
    button.focus();
  } else if (arrows.includes(event.key)) {
    const order = inOrder();
    const from = order.findIndex((tile) => tile.button === document.activeElement);
    if (order.length > 0) {
      event.preventDefault();
      order[from < 0 ? 0 : nextOf(order.map((tile) => tile.element.getBoundingClientRect()), from, event.key)].button.focus();
    }
  }
});
document.addEventListener('visibilitychange', arrange);

followList(location.search, take, (why) => {
  fault = why;
  if (why === 'ended') {
    feed.end();
    for (const tile of tiles.values()) {
      tile.close();
    }
    tiles.clear();
    calls.show([], 0);
    answer = null;
  }
  sayNote();
});
setInterval(paint, paintEveryMs);
setInterval(measure, measureEveryMs);
