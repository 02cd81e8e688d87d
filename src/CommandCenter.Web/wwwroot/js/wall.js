// Keeps a wall moving: one hub connection, for ever; every frame repaints what changed; what the wall says about itself is
// decided in wall-state.js, and what a panel shows in its own file under panels/.

import { paintAlert, paintBars } from 'wall-bars';
import { Cuts } from 'wall-cuts';
import { setAttribute, setText } from 'wall-dom';
import { followFigures } from 'wall-drill';
import { Stage, atInstant } from 'wall-paint';
import { Scenes } from 'wall-scenes';
import {
  ServerClock, ageText, alertText, backoffMs, clockText, dateText, isNewer, mayReload, reloadAfter, stateOf,
} from 'wall-state';
import { PaintCounter, faultOf, shiftOf } from 'wall-watchdog';

const attemptTimeoutMs = 5000;
const clockEveryMs = 250;
const clockBurst = 8; // So often at first: the first answers come while the page is still busy with itself, and are late by that.
const clockRest = 40; // Then every so many times.
const reportEveryMs = 1000;
const reloadKey = 'wall-reload';

const $ = (id) => document.getElementById(id);
const wall = $('wall');
const texts = JSON.parse($('wall-texts').textContent);
const english = wall.dataset.lang === 'en';
const head = Number(wall.dataset.head);
const staleAfterMs = Number(wall.dataset.staleMs);
const local = () => performance.timeOrigin + performance.now(); // Monotonic: setting the computer's clock moves nothing.

const clock = new ServerClock(Number(wall.dataset.now), local()); // Until the first round trip: when the page was drawn.
const serverNow = (at = local()) => clock.at(at);

const link = { connected: false, everConnected: false, lostAt: serverNow(), openedAt: serverNow() };
const scenes = await Scenes.load(document.querySelectorAll('.scene'), { texts, english, serverNow, isLive: true, renew: () => reloadWhenSafe('layout') });
const cuts = new Cuts({
  scenes, wallId: wall.dataset.wall, now: serverNow, atInstant, message: $('emergency'), afterCut,
});
const stage = new Stage();
const paints = new PaintCounter(performance.now());
const broken = { errors: 0, version: wall.dataset.version, layout: wall.dataset.layout };
let shown = null;
let paintedAt = 0;

function afterCut(cut) {
  setText($('scene'), scenes.title);
  document.dispatchEvent(new CustomEvent('wall-cut', { detail: cut })); // For who measures.
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// ---- painting a frame

function paint(frame) {
  scenes.take(frame.parts);
  if (frame.parts.bar) {
    paintBars(frame.parts.bar, texts);
  }
  cuts.take(frame.parts.scene);
  scenes.miss(frame.missing ?? [], texts.missing);
  setText($('scene'), scenes.title);
  shown = { ...frame, parts: undefined };
  paintedAt = serverNow();
  document.dispatchEvent(new CustomEvent('wall-painted', { detail: { n: frame.n, asOf: frame.asOf, at: paintedAt } })); // For who measures.
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
  const alert = alertText(state, now, shown?.asOf ?? link.openedAt, texts) || (scenes.parts.bar?.differs ?? '') || (shown?.missing ? texts['alert.missing'] : '');
  paintAlert(alert);
  scenes.tick(now);
}

// ---- the connection, for ever

let reloading = false;

async function reloadWhenSafe(why) {
  const last = JSON.parse(sessionStorage.getItem(reloadKey));
  if (reloading || !mayReload(last, why, Date.now())) {
    return;
  }
  reloading = true;
  // Ask first: a reload into a server that is just going away would leave the browser's own error page, for ever.
  const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
  reloading = false;
  if (answer?.ok) {
    sessionStorage.setItem(reloadKey, JSON.stringify(reloadAfter(last, why, Date.now())));
    location.reload();
  }
}

function show(frame) {
  if (isNewer(frame, shown)) {
    paint(frame);
    tick();
  }
}

function take(item, connection) {
  if (item.show !== undefined) {
    atInstant(item.at, serverNow, () => {
      const frame = stage.take(item.show);
      if (frame) {
        show(frame);
      }
    });
    return;
  }
  wall.removeAttribute('data-kept');
  broken.version = item.version;
  broken.layout = item.layout;
  cuts.announce(item.parts.scene);
  if (head === 0) {
    show(item);
    return;
  }
  stage.add(item);
  connection.send('Ready', item.n).catch(() => {}); // A line that is closing says so itself.
}

// ---- never stuck

addEventListener('error', () => { broken.errors++; });
addEventListener('unhandledrejection', () => { broken.errors++; });
requestAnimationFrame(function count() {
  paints.painted(performance.now());
  requestAnimationFrame(count);
});

function watch() {
  if (document.hidden) {
    paints.rest(performance.now());
  }
  const fault = faultOf({
    now: performance.now(),
    visible: !document.hidden,
    paintedAt: paints.lastAt,
    errors: broken.errors,
    brokenPanels: scenes.broken,
    version: broken.version,
    ownVersion: wall.dataset.version,
    layout: broken.layout,
    ownLayout: wall.dataset.layout,
  });
  setAttribute(wall, 'data-fault', fault);
  if (fault) {
    reloadWhenSafe(fault);
  }
  const shift = shiftOf(Math.floor(serverNow() / 60000));
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 100; // Whole pixels, or every letter is blurred.
  wall.style.translate = `${Math.round(shift.x * scale)}px ${Math.round(shift.y * scale)}px`;
}

function report(connection) {
  connection.send('Report', {
    shown: shown?.n ?? 0,
    paintedAt,
    scene: scenes.id,
    cutAt: scenes.cutAt,
    framesPerSecond: paints.rate(performance.now()),
    errors: broken.errors,
  }).catch(() => {});
}

async function askClock(connection) {
  const sent = local();
  const server = await connection.invoke('Clock');
  clock.add(sent, local(), server);
}

function follow(connection, onFrame) {
  return new Promise((resolve) => {
    connection.onclose(resolve);
    connection.stream('Follow', wall.dataset.wall, wall.dataset.lang, head).subscribe({
      next: (item) => onFrame(item, connection),
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
  let reporting;
  try {
    await within(connection.start(), attemptTimeoutMs);
    clock.forget();
    await within(askClock(connection), attemptTimeoutMs);
    let turn = 0;
    asking = setInterval(() => {
      if (++turn < clockBurst || turn % clockRest === 0) {
        askClock(connection).catch(() => {}); // A failed ask shows as a closed line.
      }
    }, clockEveryMs);
    reporting = setInterval(() => report(connection), reportEveryMs);
    await follow(connection, onFrame);
  } finally {
    clearInterval(asking);
    clearInterval(reporting);
    await within(connection.stop(), attemptTimeoutMs).catch(() => {});
  }
}

async function run() {
  for (let attempt = 0; ; attempt++) {
    try {
      await connectOnce((item, connection) => {
        link.connected = true;
        link.everConnected = true;
        attempt = 0;
        take(item, connection);
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
watch(); // At once, so that the picture does not move aside a second after it was opened.
setInterval(watch, 1000);
navigator.serviceWorker?.register('/wall-sw.js', { scope: '/wall/' }).catch((error) => console.warn(`wall: ${error.message}`));
tick();
run();
followFigures(wall, {
  search: location.search,
  open: (url, apart) => (apart ? window.open(url, '_blank', 'noopener') : location.assign(url)),
});
