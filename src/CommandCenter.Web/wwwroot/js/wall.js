// Keeps a wall moving: one hub connection, for ever; every frame repaints what changed; what the wall says about itself is
// decided in wall-state.js.

import {
  ServerClock, ageText, alertText, backoffMs, clockText, dateText, fundsAfter, isNewer, mayReload, stateOf,
  widthInEms,
} from 'wall-state';
import { FundsChart } from 'wall-chart';

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
const chart = new FundsChart($('chart'), texts, english);

const link = { connected: false, everConnected: false, lostAt: serverNow(), openedAt: serverNow() };
let shown = null;
let funds = null;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

// The style sheet sets a figure smaller when it would be wider than its cell.
function setFigure(element, text, sized = element) {
  if (element.textContent !== text) {
    element.textContent = text;
    sized.style.setProperty('--ems', widthInEms(text));
  }
}

// What the server drew has its text already, but only a script may give it its width.
function sizeFirstPicture() {
  for (const element of document.querySelectorAll('.figures .value, .tile .value, .stocks .value')) {
    element.style.setProperty('--ems', widthInEms(element.textContent.trim()));
  }
  for (const cell of document.querySelectorAll('.courts tbody td')) {
    cell.style.setProperty('--ems', widthInEms(cell.textContent.trim()));
  }
}

function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

// ---- painting a frame

function paintFigure(element, [text, unit, exact, fen], value, unitElement, sized = value) {
  setFigure(value, text, sized);
  if (unitElement) {
    setText(unitElement, unit);
  }
  if (fen !== undefined) {
    setAttribute(element, 'title', exact);
    setAttribute(element, 'data-fen', fen);
  }
}

function paintTotals(totals) {
  for (const element of document.querySelectorAll('[data-figure]')) {
    const figure = totals[element.dataset.figure];
    if (Array.isArray(figure)) {
      paintFigure(element, figure, element.firstElementChild, element.lastElementChild);
    } else {
      setFigure(element.firstElementChild, figure);
    }
  }
}

// Which cells a mark speaks for is the server's business; here it only gets its shape and its words.
function paintMark(element, marks, key) {
  const [state, text, title] = marks.but[key] ?? marks.usual;
  setAttribute(element, 'data-mark', state);
  setAttribute(element, 'title', title);
  setAttribute(element, 'aria-label', title);
  setAttribute(element.firstElementChild.firstElementChild, 'href', '#mark-' + state);
  if (element.children.length > 1) {
    setText(element.lastElementChild, text);
  }
}

const courtFigures = ['received', 'closed', 'pending', 'in', 'out', 'overdue'];

function paintCourts(courts, marks) {
  const rows = document.querySelectorAll('[data-court]');
  if (rows.length !== courts.length) {
    reloadWhenSafe(); // The court tree changed: another layout, which the server draws.
    return;
  }
  courts.forEach(([mark, name, fullName, condition, received, closed, pending, moneyIn, moneyOut, overdue], index) => {
    const row = rows[index];
    setAttribute(row, 'data-court', mark);
    setAttribute(row, 'data-condition', condition);
    const cells = row.children;
    setText(cells[0], name);
    setAttribute(cells[0], 'title', fullName);
    setFigure(cells[1].lastElementChild, received, cells[1]);
    setFigure(cells[2].lastElementChild, closed, cells[2]);
    setFigure(cells[3].lastElementChild, pending, cells[3]);
    paintFigure(cells[4], moneyIn, cells[4].lastElementChild, null, cells[4]);
    paintFigure(cells[5], moneyOut, cells[5].lastElementChild, null, cells[5]);
    setFigure(cells[6].lastElementChild, overdue, cells[6]);
    courtFigures.forEach((figure, place) => paintMark(cells[place + 1].firstElementChild, marks, `${mark}/${figure}`));
  });
}

function paintIndicators(indicators) {
  for (const [code, text, condition] of indicators) {
    const tile = document.querySelector(`[data-indicator="${code}"]`);
    setAttribute(tile, 'data-condition', condition);
    setFigure(tile.querySelector('.value'), condition === 'nosource' ? '—' : text);
    const verdict = { met: 'indicators.met', below: 'indicators.below', nosource: 'indicators.noSource' }[condition];
    setText(tile.querySelector('.verdict'), texts[verdict]);
  }
}

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

function paint(frame) {
  paintTotals(frame.totals);
  paintCourts(frame.courts, frame.marks);
  for (const element of document.querySelectorAll('[data-recount]')) {
    paintMark(element, frame.marks, element.dataset.recount);
  }
  paintIndicators(frame.indicators);
  if (JSON.stringify(frame.recent) !== JSON.stringify(shown?.recent)) {
    paintRecent(frame.recent);
  }
  funds = fundsAfter(frame, funds);
  chart.show(funds);
  $('demonstration').hidden = !frame.demo;
  const [proof, proofText, proofDetail] = frame.proof;
  setAttribute(wall, 'data-proof', proof);
  setText($('proof'), proofText);
  setAttribute($('proof').closest('[title]'), 'title', proofDetail);
  setAttribute($('proof-mark'), 'href', '#mark-' + (proof === 'identity-holds' ? 'holds' : proof));
  shown = frame;
}

// ---- what the wall says about itself

function tick() {
  const now = serverNow();
  const state = stateOf({
    ...link,
    now,
    frameAt: shown?.now ?? link.openedAt,
    staleAfterMs,
    stopped: shown?.stopped ?? '',
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
  const alert = alertText(state, now, shown?.asOf ?? link.openedAt, texts) || (shown?.marks.alert ?? '');
  setFigure($('alert'), alert);
  $('alert').hidden = alert === '';
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
  if (frame.instance !== wall.dataset.instance) {
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

sizeFirstPicture();
paint(JSON.parse($('wall-first').textContent)); // The picture is whole before, and without, any connection.
setInterval(tick, 250);
tick();
run();
