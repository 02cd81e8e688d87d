// Run by WallStateScriptTests with `node --test`. The script under test and the words of both languages come by environment.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const state = await import(pathToFileURL(process.env.MODULE).href);
const words = JSON.parse(readFileSync(process.env.WALL_WORDS, 'utf8'));
const examples = JSON.parse(readFileSync(process.env.WALL_EXAMPLES, 'utf8'));

const seen = (changes) => ({
  connected: true, everConnected: true, lostAt: 0, openedAt: 0, now: 100_000, frameAt: 99_000, staleAfterMs: 5000, stopped: '', ...changes,
});

test('a fresh frame on an open line is live', () => {
  assert.deepEqual(state.stateOf(seen({})), { kind: 'live' });
});

test('a frame of exactly the limit is live and one millisecond more is stale', () => {
  assert.equal(state.stateOf(seen({ frameAt: 95_000 })).kind, 'live');
  assert.deepEqual(state.stateOf(seen({ frameAt: 94_999 })), { kind: 'stale', reason: 'silent', since: 94_999 });
});

test('a stopped partition is stale and names its courts', () => {
  assert.deepEqual(state.stateOf(seen({ stopped: '浦东新区、徐汇' })), { kind: 'stale', reason: 'stopped', courts: '浦东新区、徐汇' });
});

test('silence outranks a stopped partition, for then every court is old', () => {
  assert.equal(state.stateOf(seen({ frameAt: 0, stopped: '徐汇' })).reason, 'silent');
});

test('a lost line is lost however fresh the last frame is, and says since when', () => {
  assert.deepEqual(state.stateOf(seen({ connected: false, lostAt: 99_500 })), { kind: 'lost', since: 99_500 });
});

test('a page that never connected is connecting at first and lost after the limit', () => {
  const opening = { connected: false, everConnected: false, lostAt: 90_000, openedAt: 90_000 };
  assert.equal(state.stateOf(seen({ ...opening, now: 95_000 })).kind, 'connecting');
  assert.deepEqual(state.stateOf(seen({ ...opening, now: 95_001 })), { kind: 'lost', since: 90_000 });
});

test('waits grow, carry chance, and never pass three seconds', () => {
  assert.equal(state.backoffMs(0, 1), 250);
  assert.equal(state.backoffMs(0, 0), 125);
  assert.equal(state.backoffMs(2, 1), 1000);
  for (let attempt = 0; attempt < 2000; attempt++) {
    const ms = state.backoffMs(attempt, 1);
    assert.ok(ms > 0 && ms <= 3000, `attempt ${attempt} waits ${ms}`);
  }
});

test('a page reloads at once, not twice within ten seconds, and ever more rarely for what a reload does not mend', () => {
  assert.equal(state.mayReload(null, 'version', 1000), true);
  const first = state.reloadAfter(null, 'panel', 1000);
  assert.equal(state.mayReload(first, 'panel', 10999), false);
  assert.equal(state.mayReload(first, 'panel', 11000), true);
  const second = state.reloadAfter(first, 'panel', 11000);
  assert.equal(second.count, 2);
  assert.equal(state.mayReload(second, 'panel', 30999), false);
  assert.equal(state.mayReload(second, 'version', 21000), true);
  const many = { at: 0, why: 'panel', count: 40 };
  assert.equal(state.mayReload(many, 'panel', 600000), true);
  assert.equal(state.reloadAfter(second, 'version', 40000).count, 1);
  assert.equal(state.reloadAfter(many, 'panel', 2000000).count, 1);
});

test('the clock follows the shortest of the last round trips', () => {
  const clock = new state.ServerClock(5000, 0);
  assert.equal(clock.at(100), 5100);
  clock.add(1000, 1400, 9000); // 400 ms there and back: offset 7800
  assert.equal(clock.at(0), 7800);
  clock.add(2000, 2010, 10_000); // 10 ms: offset 7995
  clock.add(3000, 3900, 11_000); // slow again: worth nothing
  assert.equal(clock.at(0), 7995);
  for (let i = 0; i < 8; i++) {
    clock.add(4000, 4020, 20_000); // a clock that was set is followed once the old samples are gone
  }
  assert.equal(clock.at(0), 15_990);
  clock.forget();
  clock.add(0, 1000, 500);
  assert.equal(clock.at(0), 0);
});

test('an older frame of the same server is refused and any frame of another server is taken', () => {
  const shown = { instance: 'a', now: 1000 };
  assert.equal(state.isNewer({ instance: 'a', now: 999 }, shown), false);
  assert.equal(state.isNewer({ instance: 'a', now: 1000 }, shown), true);
  assert.equal(state.isNewer({ instance: 'b', now: 1 }, shown), true);
  assert.equal(state.isNewer({ instance: 'a', now: 1 }, null), true);
});

test('the day of money ends with the open window as it is now', () => {
  const day = { from: 0, in: [1, 2], out: [3, 4] };
  assert.deepEqual(state.fundsWith(day, [9, 8]), { from: 0, in: [1, 9], out: [3, 8] });
  assert.deepEqual(day.in, [1, 2]);
});

test('a line goes from the bottom to the top of its box, and through its middle when nothing changed', () => {
  assert.equal(state.linePath([5, 9, 7], 100, 50, 5), 'M0 45L50 5L100 25');
  assert.equal(state.linePath([3, 3], 100, 50, 5), 'M0 25L100 25');
  assert.equal(state.linePath([3], 100, 50, 5), 'M0 25');
  assert.equal(state.linePath([], 100, 50, 5), '');
});

for (const lang of ['zh', 'en']) {
  test(`ages and days read the same as on the server (${lang})`, () => {
    for (const age of examples.ages) {
      assert.equal(state.ageText(age.ms, words[lang]), age[lang]);
    }
    for (const time of examples.times) {
      assert.equal(state.clockText(time.ms), time.clock);
      assert.equal(state.dateText(time.ms, words[lang]), time[lang]);
    }
  });

  test(`every state that is not live explains itself (${lang})`, () => {
    const lost = state.alertText({ kind: 'lost', since: 0 }, 72_000, 0, words[lang]);
    assert.ok(lost.includes('08:00:00') && lost.includes(words[lang]['age.min']), lost);
    assert.ok(state.alertText({ kind: 'stale', reason: 'silent', since: 0 }, 6000, 0, words[lang]).includes('6 '));
    assert.ok(state.alertText({ kind: 'stale', reason: 'stopped', courts: 'Pudong' }, 0, 0, words[lang]).includes('Pudong'));
    assert.equal(state.alertText({ kind: 'live' }, 0, 0, words[lang]), '');
    assert.ok(!/\{\d\}/.test(lost));
  });
}

test('a figure is as wide as its digits, and a separator is half a digit', () => {
  assert.equal(state.widthInEms('28').toFixed(2), '1.12');
  assert.equal(state.widthInEms('¥491,451.01').toFixed(2), '5.60');
  assert.ok(state.widthInEms('100.0%') > state.widthInEms('1,000.'));
  assert.equal(state.widthInEms(''), 1); // A room is divided by it.
});

test('the axis of money takes the largest unit of which the peak holds two', () => {
  assert.deepEqual(state.moneyUnit(0, false), { fen: 100, key: 'unit.yuan' });
  assert.equal(state.moneyUnit(1_999_999, false).key, 'unit.yuan');
  assert.deepEqual(state.moneyUnit(2_000_000, false), { fen: 1e6, key: 'unit.wan' });
  assert.deepEqual(state.moneyUnit(2e10, false), { fen: 1e10, key: 'unit.yi' });
  assert.deepEqual(state.moneyUnit(2e8, true), { fen: 1e8, key: 'unit.wan' });
  assert.deepEqual(state.moneyUnit(2e5, true), { fen: 1e5, key: 'unit.thousand' });
  assert.deepEqual(state.moneyUnit(1e13, true), { fen: 1e11, key: 'unit.yi' });
});
