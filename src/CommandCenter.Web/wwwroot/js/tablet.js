// The tablet: asks for figures every few seconds and for cases when they changed, keeps the last state for a time without a network, says
// what is of now and what is not, and sends urges and replies. An order is never kept for later: a chief must know whether it was given.

import { age, clock, fill, mayShow, stateOf } from 'tablet-words';
import { keep, keepShell, last, wipe } from 'tablet-store';
import { drawCase, drawUrgeItem, paintAges, paintFigures, paintLapses, paintList } from 'tablet-paint';

const pollMs = 5000;
const answerWithinMs = 8000;

const root = document.getElementById('tablet');
const { words, refused, signIn } = JSON.parse(document.getElementById('tablet-texts').textContent);
const { account, query } = root.dataset;
const place = (id) => document.getElementById(id);
const openedAt = Date.now();

let kept = null; // {receivedAt, view}: what is shown, and when it came by this tablet's clock.
let answeredAt = null;
let failed = false;
let ended = false;
let asking = false;
let said = '';
const orders = new Map(); // The id of an order whose answer did not come: sent again it is the same order.

const now = () => Date.now();
const state = () => stateOf({ online: navigator.onLine, failed, answeredAt, now: now(), openedAt });
const idOf = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function ask(path) {
  const answer = await fetch(path + query, { signal: AbortSignal.timeout(answerWithinMs), headers: { Accept: 'application/json' }, cache: 'no-store', redirect: 'error' });
  if (answer.status === 401 || answer.status === 403) {
    await end();
    throw new Error('ended');
  }
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  return answer.json();
}

async function poll(isForced = false) {
  if (asking || ended || (document.hidden && !isForced)) {
    return;
  }
  asking = true;
  try {
    const pulse = await ask('/api/v1/tablet/pulse');
    if (pulse.account !== account) {
      location.reload(); // Somebody else signed in meanwhile: another document, and nothing of this one.
      return;
    }
    const view = kept && answeredAt !== null && kept.view.pulse.cases === pulse.cases && !isForced ? { ...kept.view, pulse } : await ask('/api/v1/tablet');
    failed = false;
    answeredAt = now();
    kept = { receivedAt: answeredAt, view };
    paint();
    await keep(account, query, kept);
  } catch (error) {
    failed = !ended;
    console.debug(`tablet: ${error.message}`);
  } finally {
    asking = false;
    paintState();
  }
}

async function end() {
  ended = true;
  kept = null;
  await wipe();
  for (const list of root.querySelectorAll('[data-list], #figure-list, #lapse-rows')) {
    list.replaceChildren();
  }
  for (const id of ['place', 'today', 'counted', 'waiting-sum']) {
    place(id).textContent = '';
  }
}

function paint() {
  const { view } = kept;
  place('place').textContent = view.place;
  place('today').textContent = view.today;
  place('note').hidden = view.pulse.note === '';
  place('note').textContent = view.pulse.note;
  place('counted').textContent = view.pulse.countedAt ? fill(words.counted, clock(view.pulse.countedAt)) : words.counting;
  place('waiting-sum').textContent = view.pulse.waiting;
  paintFigures(place('figure-list'), view.pulse.figures);
  paintLapses(place('lapse-rows'), view.pulse.lapses);
  for (const list of root.querySelectorAll('[data-list]')) {
    const name = list.dataset.list;
    paintList(
      list, view[name], (item) => item.urgeId ?? `${item.number} ${item.about ?? ''} ${item.what}`,
      (item) => (name === 'urges' ? drawUrgeItem(item, words, actions) : drawCase(item, words, actions, name === 'things')), words.none[name]);
  }
  paintAges(root, now(), words);
}

// Every second: the age of what is shown goes on, and what may not be shown any more goes.
function paintState() {
  if (kept && !mayShow(kept, account, now())) {
    void end().then(paintState);
    return;
  }
  const is = ended ? 'ended' : state();
  root.dataset.state = is;
  const text = is === 'ended' ? words.wiped
    : is === 'connecting' ? words.connecting
    : is === 'live' ? fill(words.live, clock(kept.view.pulse.asOf))
    : kept === null ? words.nothing
    : fill(words[is], clock(kept.view.pulse.asOf, false), age(now() - kept.receivedAt, words));
  place('state-text').textContent = text;
  if (is === 'ended' && !place('state').querySelector('a')) {
    const way = document.createElement('a');
    way.href = signIn;
    way.textContent = words.signIn;
    place('state').append(way);
  }
  // Said aloud when it changes, not every second.
  if (said !== is) {
    said = is;
    place('state-said').textContent = text;
  }
  paintAges(root, now(), words);
}

async function send(path, body) {
  const answer = await fetch(path, {
    method: 'POST', signal: AbortSignal.timeout(answerWithinMs), headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), redirect: 'error',
  });
  const told = await answer.json().catch(() => ({}));
  return { ok: answer.ok, isKnown: answer.ok || (answer.status >= 400 && answer.status < 500), ...told };
}

async function act(button, line, offlineText, work) {
  if (state() === 'offline' || state() === 'connecting' || ended) {
    tell(line, 'bad', offlineText);
    return false;
  }
  button.disabled = true;
  tell(line, '', words.urging);
  try {
    const answer = await work();
    if (answer.ok) {
      return answer;
    }
    tell(line, 'bad', fill(words.refused, refused[answer.code] ?? answer.code ?? ''));
    return answer.isKnown ? null : false;
  } catch {
    tell(line, 'bad', navigator.onLine ? words.unsure : offlineText);
    return false;
  } finally {
    button.disabled = false;
  }
}

function tell(line, mark, text) {
  line.className = `said ${mark}`;
  line.textContent = text;
}

const actions = {
  async urge(item, note, button, line) {
    const key = `${item.number} ${item.about} ${note}`;
    const id = orders.get(key) ?? idOf();
    orders.set(key, id);
    const answer = await act(button, line, words.urgeOffline, () =>
      send(`/api/v1/cases/${encodeURIComponent(item.number)}/urges`, { id, about: item.about, text: note || null }));
    if (answer !== false) {
      orders.delete(key); // An answer came: the next order is another one.
    }
    if (answer) {
      tell(line, 'good', fill(words.urged, clock(answer.recordedAt)));
      button.closest('li').querySelector('details')?.removeAttribute('open');
      await poll(true);
    }
  },
  async reply(item, box, button, line) {
    const answer = await act(button, line, words.replyOffline, () =>
      send(`/api/v1/cases/${encodeURIComponent(item.number)}/urges/${encodeURIComponent(item.urgeId)}/reply`, { text: box.value }));
    if (answer) {
      tell(line, 'good', fill(words['replied.ok'], clock(answer.recordedAt)));
      box.blur();
      button.blur();
      await poll(true);
    }
  },
};

words.none = Object.fromEntries(Object.entries(words).filter(([key]) => key.startsWith('none.')).map(([key, text]) => [key.slice(5), text]));

kept = await last(account, query).catch(() => null);
if (kept && mayShow(kept, account, now())) {
  paint();
} else if (kept) {
  kept = null;
  await wipe();
}
paintState();
setInterval(paintState, 1000);
setInterval(() => poll(), pollMs);
addEventListener('online', () => poll(true));
addEventListener('offline', paintState);
document.addEventListener('visibilitychange', () => document.hidden || poll());
await poll(true);
await keepShell().catch((error) => console.warn(`tablet: ${error.message}`));
