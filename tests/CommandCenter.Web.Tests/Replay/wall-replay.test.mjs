import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const {
  PlayHead, addressOf, afterKey, amountText, changeRows, changeText, correctionRows, courtsByChange, isoText, liveAddressOf, neighbourSpeed, reachable,
  shadesOf, stampText, stateOfAddress, ticksOf, windowHolding, windowOf,
} = await import(process.env.WALL_REPLAY);
const { zh, en } = JSON.parse(readFileSync(process.env.WALL_WORDS, 'utf8'));
const at = (text) => Date.parse(text);
const nine = at('2026-11-22T09:00:00+08:00');

test('an address holds the moment in Shanghai and the speed, and keeps what else it says', () => {
  const address = addressOf('/wall/main', '?lang=en&at=x&speed=60', nine + 999, 600);
  assert.equal(address, '/wall/main?lang=en&at=2026-11-22T09%3A00%3A00%2B08%3A00&speed=600');
  assert.deepEqual(stateOfAddress(address.slice(address.indexOf('?'))), { at: nine, speed: 600 });
  assert.equal(addressOf('/wall/main', '?speed=60', nine, 0), '/wall/main?at=2026-11-22T09%3A00%3A00%2B08%3A00');
  assert.equal(liveAddressOf('/wall/main', '?lang=en&at=x&speed=60'), '/wall/main?lang=en');
  assert.equal(liveAddressOf('/wall/main', '?at=x'), '/wall/main');
});

test('a plus sign that nobody encoded is understood, and nonsense is no moment', () => {
  assert.equal(stateOfAddress('?at=2026-11-22T09:00:00+08:00').at, nine);
  assert.equal(stateOfAddress('?at=2026-11-22T01:00:00Z').at, nine);
  assert.deepEqual(stateOfAddress('?at=yesterday&speed=7'), { at: null, speed: 0 });
});

test('between frames the moment goes on at its speed', () => {
  const head = new PlayHead(nine, 60, 1000);
  assert.equal(head.at(1500), nine + 30_000);
  head.set(nine, 0, 2000);
  assert.equal(head.at(9000), nine);
});

test('the time line spans whole days of Shanghai', () => {
  assert.deepEqual(windowOf(at('2026-11-22T00:00:00+08:00'), 1), { from: at('2026-11-21T16:00:00Z'), to: at('2026-11-22T16:00:00Z') });
  assert.deepEqual(windowOf(at('2026-11-22T23:59:59+08:00'), 7), { from: at('2026-11-15T16:00:00Z'), to: at('2026-11-22T16:00:00Z') });
});

test('the time line stands still while the moment is on it', () => {
  const week = windowOf(nine, 7);
  assert.equal(windowHolding(week, nine - 3 * 86_400_000, 7), week);
  assert.deepEqual(windowHolding(week, nine + 86_400_000, 7), windowOf(nine + 86_400_000, 7));
  assert.deepEqual(windowHolding(week, nine, 1), windowOf(nine, 1));
});

test('ticks are hours of a day, else days, and labels have room', () => {
  const day = ticksOf(windowOf(nine, 1));
  assert.equal(day.length, 24);
  assert.deepEqual(day.filter(({ label }) => label).map(({ label }) => label), ['00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00']);
  assert.equal(day[12].place, 0.5);
  const month = ticksOf(windowOf(nine, 60));
  assert.equal(month.length, 60);
  assert.ok(month.filter(({ label }) => label).length <= 8);
  assert.equal(ticksOf(windowOf(nine, 7)).at(-1).label, '11-22');
});

test('what has no picture is shaded: before the recording, gaps, and the future', () => {
  const history = {
    recordedFrom: '2026-11-22T06:00:00+08:00',
    gaps: [{ from: '2026-11-22T08:00:00+08:00', to: '2026-11-22T08:30:00+08:00' }, { from: '2026-11-20T00:00:00Z', to: '2026-11-20T01:00:00Z' }],
  };
  assert.deepEqual(shadesOf(windowOf(nine, 1), history, at('2026-11-22T12:00:00+08:00')), [
    { from: 0, to: 0.25, kind: 'unrecorded' },
    { from: 8 / 24, to: 8.5 / 24, kind: 'gap' },
    { from: 0.5, to: 1, kind: 'future' },
  ]);
  assert.deepEqual(shadesOf(windowOf(nine, 1), { recordedFrom: null, gaps: [] }, nine).map(({ kind }) => kind), ['unrecorded', 'future']);
});

test('nobody gets beyond what is known, nor past the present', () => {
  const history = { recordedFrom: '2026-11-22T06:00:00+08:00', knownFrom: '2026-11-01T06:00:00+08:00' };
  assert.equal(reachable(nine + 1000, history, nine), nine);
  assert.equal(reachable(0, history, nine), at('2026-11-01T06:00:00+08:00'));
  assert.equal(reachable(nine, history, nine), nine);
  assert.equal(reachable(0, { recordedFrom: null, knownFrom: null }, nine), nine);
});

test('keys move by a minute and an hour and to both ends', () => {
  const day = windowOf(nine, 1);
  const moves = { ArrowLeft: nine - 60_000, ArrowRight: nine + 60_000, PageUp: nine + 3_600_000, PageDown: nine - 3_600_000, Home: day.from, End: day.to, a: null };
  for (const [key, expected] of Object.entries(moves)) {
    assert.equal(afterKey(key, nine, day), expected, key);
  }
});

test('speeds end at 1 and at 600', () => {
  assert.deepEqual([neighbourSpeed(60, 1), neighbourSpeed(600, 1), neighbourSpeed(10, -1), neighbourSpeed(1, -1)], [600, 600, 1, 1]);
});

test('amounts have a unit that fits them and are never rounded up', () => {
  assert.equal(amountText(1234567, 'cases', false), '1,234,567');
  assert.equal(amountText(-3, 'cases', true), '\u22123');
  assert.equal(amountText(99_999_999_999, 'fen', false), '9.99 亿元');
  assert.equal(amountText(1_999_999, 'fen', false), '1.99 万元');
  assert.equal(amountText(123_45, 'fen', false), '123.45 元');
  assert.equal(amountText(-123_456_789_00, 'fen', true), '\u2212¥123.45m');
  assert.equal(amountText(null, 'cases', false), '—');
  assert.equal(changeText(5, 'cases', false), '+5');
  assert.equal(changeText(0, 'cases', false), '0');
  assert.equal(changeText(null, 'cases', false), '');
});

test('rows of changes have names in both languages', () => {
  const changes = [
    { figure: 'received.today', unit: 'cases', before: 1, after: 3, change: 2 },
    { figure: 'pending.today', unit: 'cases', before: 9, after: 8, change: -1 },
    { figure: 'terminal', unit: 'cases', before: 9, after: 8, change: null },
  ];
  assert.deepEqual(changeRows(changes, zh, false).map(({ name, direction }) => [name, direction]), [['今日 新收', 'up'], ['存案', 'down'], ['终本存量', 'none']]);
  assert.deepEqual(changeRows(changes, en, true)[0], { name: 'Today received', before: '1', after: '3', change: '+2', direction: 'up' });
});

test('courts stand in the order of how much changed in them', () => {
  const court = (mark, change) => ({ mark, figures: [{ figure: 'received.today', change }, { figure: 'in.today', change: 1e12 }] });
  assert.deepEqual(courtsByChange([court('a', 1), court('b', -5), court('c', null)]).map(({ mark }) => mark), ['b', 'a', 'c']);
});

test('a correction names the court and both numbers', () => {
  const corrections = [
    { court: null, figure: 'received.today', unit: 'cases', shown: 612, known: 615 },
    { court: '沪0115', figure: 'in.today', unit: 'fen', shown: 0, known: 123_45 },
    { court: null, figure: 'core3', unit: 'permille', shown: 899, known: 901 },
  ];
  assert.deepEqual(correctionRows(corrections, { 沪0115: 'Pudong' }, en, true), [
    { court: 'City', text: 'Today received shown 612, now known 615' },
    { court: 'Pudong', text: 'Today money in shown ¥0.00, now known ¥123.45' },
    { court: 'City', text: 'Petitions done shown 89.9%, now known 90.1%' },
  ]);
});

test('times are those of Shanghai', () => {
  assert.equal(isoText(nine), '2026-11-22T09:00:00+08:00');
  assert.equal(stampText(at('2026-11-21T16:00:00Z')), '11-22 00:00:00');
});
