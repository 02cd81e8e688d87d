// What the watchdog of a wall page takes for stuck.
import test from 'node:test';
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const watchdog = await import(pathToFileURL(process.env.MODULE).href);

const well = {
  now: 100000, visible: true, paintedAt: 99990, errors: 0, brokenPanels: 0, version: 'a', ownVersion: 'a', layout: 'x', ownLayout: 'x',
};

test('a page that paints, without errors and of the running version, is well', () => {
  assert.equal(watchdog.faultOf(well), '');
  assert.equal(watchdog.faultOf({ ...well, errors: 2 }), '');
});

test('each way to be stuck has its name', () => {
  assert.equal(watchdog.faultOf({ ...well, paintedAt: 94999 }), 'frozen');
  assert.equal(watchdog.faultOf({ ...well, brokenPanels: 1 }), 'panel');
  assert.equal(watchdog.faultOf({ ...well, errors: 3 }), 'errors');
  assert.equal(watchdog.faultOf({ ...well, version: 'b' }), 'version');
  assert.equal(watchdog.faultOf({ ...well, layout: 'y' }), 'layout');
});

test('a page that nobody can see need not paint', () => {
  assert.equal(watchdog.faultOf({ ...well, visible: false, paintedAt: 0 }), '');
});

test('paints are counted a second and begin anew after each asking', () => {
  const counter = new watchdog.PaintCounter(0);
  for (let now = 20; now <= 1000; now += 20) {
    counter.painted(now);
  }
  assert.equal(counter.lastAt, 1000);
  assert.equal(counter.rate(1000), 50);
  assert.equal(counter.rate(2000), 0);
  counter.rest(7000);
  assert.equal(counter.lastAt, 7000);
});

test('the picture comes by 49 places within 12 design pixels, another one each minute', () => {
  const places = new Set();
  for (let minute = -3; minute < 46; minute++) {
    const { x, y } = watchdog.shiftOf(minute);
    assert.ok(Math.abs(x) <= 12 && Math.abs(y) <= 12, `${x}, ${y}`);
    assert.notDeepEqual(watchdog.shiftOf(minute + 1), { x, y });
    places.add(`${x}/${y}`);
  }
  assert.equal(places.size, 49);
  assert.deepEqual(watchdog.shiftOf(0), watchdog.shiftOf(49));
});
