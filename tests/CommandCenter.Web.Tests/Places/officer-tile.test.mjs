// Run by OfficerTileScriptTests with `node --test`. The script under test comes by environment.
import test from 'node:test';
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const tile = await import(pathToFileURL(process.env.OFFICER_TILE).href);
const now = 1_000_000_000;
const none = { kind: 'none' };
const officer = (id, silence = 0, state = 'live') => ({ key: id, id, court: 'c', x: 1, y: 1, reportedAtMs: silence === null ? null : now - silence, report: 'r', state, callingSinceMs: null, errand: null });
const arrived = (id, ago) => ({ ...officer(id), errand: { x: 1, y: 1, sentAtMs: now - 900_000, arrivedAtMs: ago === null ? null : now - ago } });
const caller = (id, state = 'live') => ({ ...officer(id, 0, state), callingSinceMs: now - 5000 });

test('the lines of silence are those of the server', () => {
  assert.equal(tile.liveMaxMs, Number(process.env.LIVE_MAX_MS));
  assert.equal(tile.stalledMaxMs, Number(process.env.STALLED_MAX_MS));
  assert.equal(tile.arrivalMaxMs, Number(process.env.ARRIVAL_MAX_MS));
});

test('a minute of silence is live, a millisecond more is stalled, five minutes and one more is lost', () => {
  assert.equal(tile.stateAt('live', now - 60_000, now), 'live');
  assert.equal(tile.stateAt('live', now - 60_001, now), 'stalled');
  assert.equal(tile.stateAt('live', now - 300_000, now), 'stalled');
  assert.equal(tile.stateAt('live', now - 300_001, now), 'lost');
});

test('the worse of the server word and the silence counts, and a report from ahead of our clock is one of now', () => {
  assert.equal(tile.stateAt('lost', now, now), 'lost');
  assert.equal(tile.stateAt('stalled', now - 400_000, now), 'lost');
  assert.equal(tile.stateAt('live', now + 500_000, now), 'live');
});

test('who is off duty is off however silent, and who never reported is lost', () => {
  assert.equal(tile.stateAt('off', now - 9e9, now), 'off');
  assert.equal(tile.stateAt('off', null, now), 'off');
  assert.equal(tile.stateAt('live', null, now), 'lost');
});

test('an officer travels as an array', () => {
  assert.deepEqual(tile.officerOf(['o-1', '浦东', 1.5, 2.5, 7, '定位', 'live', 5]), { key: '浦东 o-1', id: 'o-1', court: '浦东', x: 1.5, y: 2.5, reportedAtMs: 7, report: '定位', state: 'live', callingSinceMs: 5, errand: null });
  assert.deepEqual(tile.officerOf(['o-1', '浦东', 1.5, 2.5, 7, '定位', 'live', null, [3, 4, 5, null]]).errand, { x: 3, y: 4, sentAtMs: 5, arrivedAtMs: null });
  assert.equal(tile.officerOf(['o-1', '浦东', 1.5, 2.5, 7, '定位', 'live']).callingSinceMs, null); // As recorded before there were calls.
});

test('a tile without a camera says what is known of its officer', () => {
  assert.deepEqual(tile.tileOf(officer('a', 90_000), none, now), { state: 'stalled', picture: 'none', id: 'a', court: 'c', report: 'r', ageMs: 90_000, callMs: null });
  assert.equal(tile.tileOf(officer('a', null), none, now).ageMs, null);
  assert.equal(tile.tileOf(officer('a', -5000), none, now).ageMs, 0);
});

test('a vacant tile is empty and not off', () => {
  assert.equal(tile.tileOf(null, none, now).state, 'empty');
});

test('a source that the tile does not know is an error and no black picture', () => {
  assert.throws(() => tile.tileOf(officer('a'), { kind: 'rtsp' }, now), /rtsp/);
});

test('an age has one unit', () => {
  const second = 1000;
  assert.deepEqual([-5, 0, 59.9, 60, 3599, 3600, 86399, 86400, 864000].map((s) => tile.shortAge(s * second)), [
    [0, 'age.s'], [0, 'age.s'], [59, 'age.s'], [1, 'age.min'], [59, 'age.min'], [1, 'age.h'], [23, 'age.h'], [1, 'age.d'], [10, 'age.d']]);
});

test('free tiles go to those on duty in the order of the server', () => {
  assert.deepEqual(tile.seat([null, null], [officer('a'), officer('b'), officer('c')], now), ['a', 'b']);
  assert.deepEqual(tile.seat([null, null, null], [officer('a'), officer('z', 0, 'off')], now), ['a', 'z', null]);
});

test('nobody changes his place because others report later', () => {
  let seats = tile.seat([null, null, null], ['a', 'b', 'c', 'd', 'e'].map((id) => officer(id)), now);
  for (let round = 0; round < 50; round++) {
    const order = ['a', 'b', 'c', 'd', 'e'].sort((one, other) => ((one.charCodeAt(0) * 7 + round) % 5) - ((other.charCodeAt(0) * 7 + round) % 5));
    seats = tile.seat(seats, order.map((id) => officer(id, round * 1000)), now);
    assert.deepEqual(seats, ['a', 'b', 'c']);
  }
});

test('a tile is handed on when its officer goes off duty or leaves the set, and only that one', () => {
  assert.deepEqual(tile.seat(['a', 'b', 'c'], [officer('b'), officer('c'), officer('d'), officer('a', 0, 'off')], now), ['d', 'b', 'c']);
  assert.deepEqual(tile.seat(['a', 'b', 'c'], [officer('a'), officer('c'), officer('d')], now), ['a', 'd', 'c']);
});

test('who calls for help has the first tile, and nobody else moves but the one who had it', () => {
  assert.deepEqual(tile.seat(['a', 'b', 'c'], [caller('c'), officer('a'), officer('b')], now), ['c', 'b', 'a']);
  assert.deepEqual(tile.seat(['a', 'b', 'c'], [caller('x'), officer('a'), officer('b'), officer('c')], now), ['x', 'b', 'a']);
  assert.deepEqual(tile.seat(['a', 'b', null], [caller('x', 'off'), officer('a'), officer('b')], now), ['x', 'b', 'a']);
  assert.equal(tile.tileOf(caller('x'), none, now).callMs, 5000);
});

test('of several who call the one who calls longest is first, and as many are shown as there are tiles', () => {
  const callers = [caller('x'), caller('y'), caller('z')];
  assert.deepEqual(tile.seat(['a', 'y', 'c', 'd'], [...callers, officer('a'), officer('c'), officer('d')], now), ['x', 'y', 'z', 'c']);
  assert.deepEqual(tile.seat(['a', 'b'], [...callers, officer('a'), officer('b')], now), ['x', 'y']);
  assert.deepEqual(tile.seat([null], callers, now), ['x']);
});

test('who has just arrived has a tile, of one who has not and neither calls, and nobody else moves', () => {
  const all = [caller('x'), arrived('n', 5000), officer('a'), arrived('b', 1000), officer('c')];
  assert.deepEqual(tile.seat(['a', 'b', 'c'], all.slice(1), now), ['a', 'b', 'n']);
  assert.deepEqual(tile.seat(['x', 'b', 'c'], all, now), ['x', 'b', 'n']);
  assert.deepEqual(tile.seat(['x', 'b'], all, now), ['x', 'b']);
  assert.deepEqual(tile.seat(['a'], [officer('a'), arrived('n', 600_001)], now), ['a']);
  assert.deepEqual(tile.seat(['a'], [officer('a'), arrived('n', null)], now), ['a']);
});

test('a call that is over leaves everybody where he is', () => {
  const during = tile.seat(['a', 'b', 'c'], [caller('x'), officer('a'), officer('b'), officer('c')], now);
  assert.deepEqual(tile.seat(during, [officer('x'), officer('a'), officer('b'), officer('c')], now), during);
});

test('who is off duty stays as long as nobody waits', () => {
  assert.deepEqual(tile.seat(['a', 'b'], [officer('b'), officer('a', 0, 'off')], now), ['a', 'b']);
});

test('a lost officer keeps his tile for a quarter of an hour, longer when nobody who is heard of waits', () => {
  const [heard, silent] = [officer('z'), officer('y', 400_000)];
  assert.deepEqual(tile.seat(['a'], [heard, officer('a', 899_000, 'lost')], now), ['a']);
  assert.deepEqual(tile.seat(['a'], [heard, officer('a', 901_000, 'lost')], now), ['z']);
  assert.deepEqual(tile.seat(['a'], [silent, officer('a', 901_000, 'lost')], now), ['a']);
});

test('two officers of one id in two courts are two officers', () => {
  const [pudong, baoshan] = ['浦东', '宝山'].map((court) => tile.officerOf(['o-1', court, 1, 2, now, '定位', 'live']));
  const seats = tile.seat([null, null], [pudong, baoshan], now);
  assert.deepEqual(seats, [pudong.key, baoshan.key]);
  assert.notEqual(seats[0], seats[1]);
  assert.deepEqual(tile.seat(seats, [baoshan, { ...pudong, callingSinceMs: now }], now), seats);
});

test('nobody has two tiles', () => {
  assert.deepEqual(tile.seat(['a', 'a', null], [officer('a'), officer('b')], now), ['a', 'b', null]);
});
