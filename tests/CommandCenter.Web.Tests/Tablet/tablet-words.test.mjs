import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const { age, clock, fill, mayShow, moment, silentAfterMs, stateOf } = await import(pathToFileURL(process.env.MODULE));
const words = { second: '{0} s', minute: '{0} min', hour: '{0} h {1} min', day: '{0} d {1} h' };

test('an age is told in the largest units that fit, and never below zero', () => {
  assert.equal(age(-5000, words), '0 s');
  assert.equal(age(59999, words), '59 s');
  assert.equal(age(12 * 60000, words), '12 min');
  assert.equal(age((2 * 60 + 5) * 60000, words), '2 h 5 min');
  assert.equal(age((3 * 24 + 4) * 3600000, words), '3 d 4 h');
});

test('times are those of Shanghai, whatever the tablet is set to', () => {
  assert.equal(clock('2026-11-23T01:41:07.5+00:00'), '09:41:07');
  assert.equal(clock('2026-11-23T01:41:07Z', false), '09:41');
  assert.equal(moment('2026-11-22T17:00:00Z'), '11-23 01:00');
});

test('what is filled in is not filled again', () => assert.equal(fill('{0} and {1}', '{1}', 'b'), '{1} and b'));

test('only an answer of the last seconds is live', () => {
  const seen = { online: true, failed: false, answeredAt: 1000, now: 2000, openedAt: 0 };
  assert.equal(stateOf(seen), 'live');
  assert.equal(stateOf({ ...seen, now: 1001 + silentAfterMs }), 'silent');
  assert.equal(stateOf({ ...seen, now: 1000 - 2 * silentAfterMs }), 'silent');
  assert.equal(stateOf({ ...seen, failed: true }), 'silent');
  assert.equal(stateOf({ ...seen, online: false }), 'offline');
  assert.equal(stateOf({ ...seen, answeredAt: null }), 'connecting');
  assert.equal(stateOf({ ...seen, answeredAt: null, now: silentAfterMs + 1 }), 'silent');
});

test('what was kept is shown to its own account while its session may last', () => {
  const kept = { receivedAt: 100000, view: { pulse: { account: 'a', keepSeconds: 3600 } } };
  assert.equal(mayShow(kept, 'a', 200000), true);
  assert.equal(mayShow(kept, 'b', 200000), false);
  assert.equal(mayShow(kept, 'a', 100000 + 3600000), false);
  assert.equal(mayShow(kept, 'a', 0), false);
  assert.equal(mayShow(null, 'a', 0), false);
});
