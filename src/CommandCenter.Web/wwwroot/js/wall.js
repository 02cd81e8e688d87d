// Keeps a wall moving: one hub connection, for ever; every frame repaints what changed; what the wall says about itself is
// decided in wall-state.js, and what a panel shows in its own file under panels/.

import { setAttribute, setFigure, setText } from 'wall-dom';
import { Scenes } from 'wall-scenes';
import {
  ServerClock, ageText, alertText, backoffMs, clockText, dateText, isNewer, mayReload, stateOf,
} from 'wall-state';

const attemptTimeoutMs = 5000;
const clockEveryMs = 10000;
const reloadedAtKey = 'wall-reloaded-at';

const $ = (id) => document.getElementById(id);
const wall = $('wall');
const texts = JSON.parse($('wall-texts').textContent);
const english = wall.dataset.lang === 'en';
const staleAfterMs = Number(wall.dataset.staleMs);
const local = () => performance.timeOrigin + performance.now(); // Monotonic: setting the computer's clock moves nothing.

const clock = new ServerClock(Number(wall.dataset.now), local()); // Until the first round trip: when the page was drawn.
const serverNow = () => clock.at(local());

const link = { connected: false, everConnected: false, lostAt: serverNow(), openedAt: serverNow() };
const scenes = await Scenes.load(document.querySelectorAll('.scene'), { texts, english, serverNow, renew: () => reloadWhenSafe() });
let shown = null;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// ---- painting a frame

function paintRecent(recent) {
  const items = recent.map(([time, court, caseNumber, type, amount]) => {
    const item = document.createElement('li');
    const part = (tag, text, name = '') => Object.assign(document.createElement(tag), { textContent: text, className: name });
    item.append(
      part('time', time), ' ', part('b', court), ' ', part('span', caseNumber), ' ', part('em', type), ' ',
      part('span', amount, 'amount'));
    return item;
  });
  if (items.length === 0) {
    items.push(Object.assign(document.createElement('li'), { textContent: texts['bar.recent.none'] }));
  }
  $('recent').replaceChildren(...items);
}

function paintBars(bar) {
  paintRecent(bar.recent);
  $('demonstration').hidden = !bar.demo;
  const [proof, proofText, proofDetail] = bar.proof;
  setAttribute(wall, 'data-proof', proof);
  setText($('proof'), proofText);
  setAttribute($('proof').closest('[title]'), 'title', proofDetail);
  setAttribute($('proof-mark'), 'href', '#mark-' + (proof === 'identity-holds' ? 'holds' : proof));
}

function paint(frame) {
  scenes.take(frame.parts);
  if (frame.parts.bar) {
    paintBars(frame.parts.bar);
  }
  setText($('scene'), scenes.title);
  shown = { ...frame, parts: undefined };
}

// ---- what the wall says about itself

function tick() {
  const now = serverNow();
  const state = stateOf({
    ...link,
    now,
    frameAt: shown?.now ?? link.openedAt,
    staleAfterMs,
    stopped: scenes.parts.bar?.stopped ?? '',
  });
  setText($('clock'), clockText(now));
  setText($('date'), dateText(now, texts));
  if (shown) {
    setText($('as-of'), clockText(shown.asOf));
    setText($('age'), ageText(now - shown.asOf, texts));
  }
  setAttribute(wall, 'data-state', state.kind);
  setAttribute(wall, 'data-reason', state.reason ?? '');
  setText($('state'), texts[state.kind]);
  setAttribute($('state-mark'), 'href', '#mark-' + state.kind);
  const alert = alertText(state, now, shown?.asOf ?? link.openedAt, texts) || (scenes.parts.bar?.differs ?? '');
  setFigure($('alert'), alert);
  $('alert').hidden = alert === '';
  scenes.tick(now);
}

// ---- the connection, for ever

let reloading = false;

async function reloadWhenSafe() {
  const lastReloadAt = Number(sessionStorage.getItem(reloadedAtKey) ?? NaN);
  if (reloading || !mayReload(lastReloadAt, Date.now())) {
    return;
  }
  reloading = true;
  // Ask first: a reload into a server that is just going away would leave the browser's own error page, for ever.
  const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
  reloading = false;
  if (answer?.ok) {
    sessionStorage.setItem(reloadedAtKey, String(Date.now()));
    location.reload();
  }
}

function take(frame) {
  if (frame.instance !== wall.dataset.instance || frame.layout !== wall.dataset.layout) {
    reloadWhenSafe();
  }
  if (isNewer(frame, shown)) {
    paint(frame);
    tick();
  }
}

async function askClock(connection) {
  const sent = local();
  const server = await connection.invoke('Clock');
  clock.add(sent, local(), server);
}

function follow(connection, onFrame) {
  return new Promise((resolve) => {
    connection.onclose(resolve);
    connection.stream('Follow', wall.dataset.wall, wall.dataset.lang).subscribe({
      next: onFrame,
      complete: resolve,
      error: resolve,
    });
  });
}

function within(promise, ms) {
  return Promise.race([promise, wait(ms).then(() => Promise.reject(new Error('no answer in time')))]);
}

async function connectOnce(onFrame) {
  const connection = new signalR.HubConnectionBuilder()
    .withUrl('/hubs/wall', { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets })
    .configureLogging(signalR.LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = 2 * staleAfterMs; // A frame comes every second; twice stale is a dead line.
  connection.keepAliveIntervalInMilliseconds = staleAfterMs;
  let asking;
  try {
    await within(connection.start(), attemptTimeoutMs);
    clock.forget();
    await within(askClock(connection), attemptTimeoutMs);
    asking = setInterval(() => askClock(connection).catch(() => {}), clockEveryMs); // A failed ask shows as a closed line.
    await follow(connection, onFrame);
  } finally {
    clearInterval(asking);
    await within(connection.stop(), attemptTimeoutMs).catch(() => {});
  }
}

async function run() {
  for (let attempt = 0; ; attempt++) {
    try {
      await connectOnce((frame) => {
        link.connected = true;
        link.everConnected = true;
        attempt = 0;
        take(frame);
      });
    } catch (error) {
      console.warn(`wall: ${error.message}`); // Expected while the server is away; the loop goes on.
    }
    if (link.connected) {
      link.connected = false;
      link.lostAt = serverNow();
    }
    tick();
    await wait(backoffMs(attempt, Math.random()));
  }
}

paint(JSON.parse($('wall-first').textContent)); // The picture is whole before, and without, any connection.
setInterval(tick, 250);
tick();
run();
