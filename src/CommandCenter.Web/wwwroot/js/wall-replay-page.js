// A wall of the past on a desk: the same panels, painted by the same scripts from frames of the same shape, and a scrubber.
// The address is the state: whoever opens it sees the same moment. What is decided, is decided in wall-replay.js.

import { paintAlert, paintBars } from 'wall-bars';
import { say } from 'wall-cuts';
import { setAttribute, setText } from 'wall-dom';
import { make } from 'wall-fit';
import {
  PlayHead, addressOf, afterKey, isoText, liveAddressOf, neighbourSpeed, reachable, shadesOf,
  stampText, stateOfAddress, ticksOf, windowHolding, windowOf,
} from 'wall-replay';
import { ChangesSheet } from 'wall-replay-changes';
import { Scenes } from 'wall-scenes';
import { ageText, backoffMs, clockText, dateText, fill } from 'wall-state';

const $ = (id) => document.getElementById(id);
const wall = $('wall');
const texts = { ...JSON.parse($('wall-texts').textContent), ...JSON.parse($('replay-texts').textContent) };
const english = wall.dataset.lang === 'en';
const local = () => performance.timeOrigin + performance.now();
const serverOffset = Number(wall.dataset.present) - local();
const present = () => local() + serverOffset;
const settleMs = 120; // While a hand moves the scrubber, a picture is asked for when it rests.
const historyEveryMs = 30000;
const changesHash = '#changes';

const asked = stateOfAddress(location.search);
const head = new PlayHead(Number(wall.dataset.now), 0, local());
let days = 1;
let span = windowOf(head.at(local()), days);
let history = { recordedFrom: null, knownFrom: null, gaps: [] };
let chosenSpeed = asked.speed || 60;
let wantedSpeed = asked.speed; // The moment moves only as frames come; this is what is asked for.
let shown = null;
let directed = null;
let stream = null;
let attempt = 0;

const scenes = await Scenes.load(document.querySelectorAll('.scene'), { texts, english, serverNow: () => head.at(local()), renew: () => location.reload() });
const changes = new ChangesSheet({ texts, english, moment: () => head.at(local()), present, moved: writeAddress });

// ---- a frame

/** A figure that is known better now carries both numbers: the shown one in its place, the known one in words beside it. */
function paintCorrection(element, correction) {
  const words = element.matches('[data-court] td, [data-indicator]') ? null : element.closest('.caseload td') ?? element; // Where there is room for it.
  if (!correction) {
    element.removeAttribute('data-corrected');
    words?.removeAttribute('data-known');
    return;
  }
  setAttribute(element, 'data-corrected', 'true');
  setAttribute(element, 'title', correction[2]);
  if (words) {
    setAttribute(words, 'data-known', correction[1]);
  }
}

function paintCorrections(corrections) {
  for (const element of document.querySelectorAll('.scene [data-figure]')) {
    paintCorrection(element, corrections[element.dataset.figure]);
  }
  for (const tile of document.querySelectorAll('.scene [data-indicator]')) {
    paintCorrection(tile, corrections[tile.dataset.indicator]);
  }
  for (const row of document.querySelectorAll('.scene [data-court]')) {
    const [, received, closed, pending, , moneyIn, moneyOut] = row.children;
    for (const [name, cell] of Object.entries({ received, closed, pending, in: moneyIn, out: moneyOut })) {
      if (cell) {
        paintCorrection(cell, corrections[`${row.dataset.court}/${name}`]);
      }
    }
  }
  const count = Object.keys(corrections).length;
  setText($('replay-corrected'), count === 0 ? '' : texts.corrections.replace('{0}', String(count)));
  $('replay-corrected').hidden = count === 0;
}

/** A panel of which a part is not recorded has no past. It says so instead of showing another time. */
function paintMissing(recorded) {
  for (const panel of document.querySelectorAll('.scene > [data-panel]')) {
    const isThere = panel.dataset.parts.split(' ').every((name) => recorded.includes(name));
    setAttribute(panel, 'data-past', isThere ? 'recorded' : 'none');
    setAttribute(panel, 'data-past-text', texts['panel.none']);
    panel.inert = !isThere;
  }
}

/** Follows the directors of then; without a recording nothing is known of them. A page that shows one scene for ever follows nobody. */
function follow(part, recorded) {
  const words = $('emergency');
  if (!words) {
    return;
  }
  if (part || !recorded.includes('scene')) {
    directed = part?.[wall.dataset.wall] ?? null;
    say(words, directed?.message);
  }
  if (directed) {
    scenes.show(directed.shown);
  }
}

function take(frame) {
  if (frame.version !== wall.dataset.version || frame.layout !== wall.dataset.layout) {
    location.reload(); // Another build or another layout; the address holds the moment.
    return;
  }
  const { replay } = frame;
  scenes.take(frame.parts);
  follow(frame.parts.scene, replay.parts);
  if (frame.parts.bar) {
    paintBars(frame.parts.bar, texts);
  }
  setText($('scene'), scenes.title);
  paintMissing(replay.parts);
  paintCorrections(replay.corrections ?? {});
  setAttribute(wall, 'data-kind', replay.kind);
  paintAlert(replay.notice || (directed && !scenes.has(directed.shown) ? fill(texts['scene.gone'], directed.shown) : ''));
  shown = { now: frame.now, asOf: frame.asOf };
  head.set(replay.at, replay.end ? 0 : replay.speed, local());
  if (replay.end) {
    stop();
  }
  tick();
}

// ---- the connection

const connection = new signalR.HubConnectionBuilder()
  .withUrl('/hubs/wall', { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets })
  .configureLogging(signalR.LogLevel.None)
  .build();

function setLink(kind) {
  setAttribute(wall, 'data-state', kind);
  setText($('state'), texts[kind === 'live' ? (wantedSpeed > 0 ? 'playing' : 'standing') : kind]);
  setAttribute($('state-mark'), 'href', '#mark-' + (kind === 'live' ? (wantedSpeed > 0 ? 'play' : 'paused') : kind));
}

/** Asks for frames from a moment on; at speed 0 for the one frame of it. Only the latest ask counts. */
function ask(at, speed) {
  stream?.dispose();
  if (connection.state !== 'Connected') {
    return;
  }
  stream = connection.stream('Replay', wall.dataset.wall, wall.dataset.lang, Math.round(at), speed).subscribe({
    next: (frame) => {
      attempt = 0;
      take(frame);
    },
    complete: () => {},
    error: (error) => {
      wantedSpeed = 0;
      head.set(head.at(local()), 0, local());
      const code = Object.keys(texts).find((key) => key.startsWith('history.') && error.message.includes(key));
      paintAlert(texts[code] ?? error.message);
      tick();
    },
  });
}

async function connect() {
  for (;;) {
    try {
      await connection.start();
      setLink('live');
      ask(head.at(local()), wantedSpeed);
      return;
    } catch {
      setLink('lost'); // Expected while the server is away; the loop goes on.
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt++, Math.random())));
    }
  }
}

connection.onclose(() => {
  head.set(head.at(local()), 0, local());
  setLink('lost');
  connect();
});

// ---- moving in time

let settling;

function writeAddress() {
  globalThis.history.replaceState(null, '', addressOf(location.pathname, location.search, head.at(local()), wantedSpeed) + (changes.isOpen ? changesHash : ''));
}

function go(at, speed = wantedSpeed) {
  const target = reachable(at, history, present());
  wantedSpeed = speed;
  stream?.dispose();
  head.set(target, 0, local());
  tick();
  clearTimeout(settling);
  settling = setTimeout(() => {
    ask(target, speed);
    writeAddress();
    tick();
  }, settleMs);
}

function play() {
  go(head.at(local()), chosenSpeed);
}

function stop() {
  clearTimeout(settling);
  stream?.dispose();
  wantedSpeed = 0;
  head.set(head.at(local()), 0, local());
  writeAddress();
  tick();
}

function toggle() {
  if (wantedSpeed > 0) {
    stop();
  } else {
    play();
  }
}

function chooseSpeed(speed) {
  chosenSpeed = speed;
  if (wantedSpeed > 0) {
    go(head.at(local()), speed);
  }
  tick();
}

// ---- the scrubber

const range = $('replay-range');

function drawTrack() {
  const percent = (place) => `${(place * 100).toFixed(3)}%`;
  $('replay-ticks').replaceChildren(...ticksOf(span).map(({ place, label }) => {
    const tickMark = make('span', '', label);
    tickMark.style.left = percent(place);
    return tickMark;
  }));
  $('replay-shades').replaceChildren(...shadesOf(span, history, present()).map(({ from, to, kind }) => {
    const shade = make('span', kind);
    shade.title = texts['shade.' + kind];
    shade.style.left = percent(from);
    shade.style.width = percent(to - from);
    return shade;
  }));
}

let drawnFor = '';

function tick() {
  const at = Math.min(head.at(local()), present());
  span = windowHolding(span, at, days);
  const drawn = `${span.from}/${span.to}/${history.gaps.length}/${Math.floor(present() / 60000)}`;
  if (drawn !== drawnFor) {
    drawnFor = drawn;
    drawTrack();
    range.min = span.from / 1000;
    range.max = span.to / 1000;
    for (const button of document.querySelectorAll('[data-days]')) {
      setAttribute(button, 'aria-pressed', String(Number(button.dataset.days) === days));
    }
  }
  if (document.activeElement !== range || !range.matches(':active')) {
    range.value = at / 1000;
  }
  setAttribute(range, 'aria-valuetext', stampText(at));
  setText($('clock'), clockText(at));
  setText($('date'), dateText(at, texts));
  setText($('replay-moment'), stampText(at));
  if (shown) {
    setText($('as-of'), clockText(shown.asOf));
    setText($('age'), ageText(Math.max(0, at - shown.asOf), texts));
  }
  setText($('replay-speed'), wantedSpeed > 0 ? `×${wantedSpeed}` : texts.standing);
  setText($('replay-play').lastElementChild, wantedSpeed > 0 ? texts.pause : texts.play);
  setAttribute($('replay-play').querySelector('use'), 'href', wantedSpeed > 0 ? '#mark-paused' : '#mark-play');
  for (const button of document.querySelectorAll('[data-speed]')) {
    setAttribute(button, 'aria-pressed', String(Number(button.dataset.speed) === chosenSpeed));
  }
  if (connection.state === 'Connected') {
    setLink('live');
  }
  scenes.tick(at);
}

range.addEventListener('input', () => go(Number(range.value) * 1000, 0));
$('replay-play').addEventListener('click', toggle);
$('replay-live').addEventListener('click', () => location.assign(liveAddressOf(location.pathname, location.search)));
$('replay-before').addEventListener('click', () => go(head.at(local()) - days * 86400000));
$('replay-after').addEventListener('click', () => go(head.at(local()) + days * 86400000));
for (const button of document.querySelectorAll('[data-speed]')) {
  button.addEventListener('click', () => chooseSpeed(Number(button.dataset.speed)));
}
for (const button of document.querySelectorAll('[data-days]')) {
  button.addEventListener('click', () => {
    days = Number(button.dataset.days);
    loadHistory();
    tick();
  });
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input:not([type="range"]), select, textarea')) {
    return;
  }
  if (event.key === ' ' && !event.target.closest('button')) {
    event.preventDefault();
    toggle();
    return;
  }
  if (event.key === '+' || event.key === '-') {
    chooseSpeed(neighbourSpeed(chosenSpeed, event.key === '+' ? 1 : -1));
    return;
  }
  if (event.key === 'Escape' && changes.isOpen) {
    changes.show(false);
    return;
  }
  const at = event.target.closest('#replay-changes') ? null : afterKey(event.key, head.at(local()), span);
  if (at !== null) {
    event.preventDefault();
    go(at);
  }
});

async function loadHistory() {
  const wide = windowOf(head.at(local()), Math.max(days, 2));
  const query = new URLSearchParams({ from: isoText(wide.from), to: isoText(Math.max(wide.from, Math.min(wide.to, present()))) });
  const answer = await fetch(`/api/v1/walls/history?${query}`).catch(() => null);
  if (answer?.ok) {
    history = await answer.json();
    drawnFor = '';
    tick();
  }
}

const first = JSON.parse($('wall-first').textContent);
take(first);
setInterval(tick, 250);
setInterval(loadHistory, historyEveryMs);
tick();
loadHistory();
connect();
if (location.hash === changesHash) {
  changes.show(true);
}
