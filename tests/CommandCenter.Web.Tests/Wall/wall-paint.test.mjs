// When a frame is painted, and which.
import test from 'node:test';
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const { atInstant, Stage } = await import(pathToFileURL(process.env.MODULE).href);

/** Paints every 16 ms, and gets round to the page `lateMs` after each of them. */
function paintedAt(at, lateMs) {
  let frame = 0;
  let painted = null;
  globalThis.document = { hidden: false };
  let asked = null;
  globalThis.requestAnimationFrame = (run) => { asked = run; };
  const now = (local = performance.timeOrigin + frame + lateMs) => local - performance.timeOrigin; // The clock of the server is that of the page.
  atInstant(at, now, () => { painted = frame; });
  while (painted === null && frame < 1000) {
    frame += 16;
    asked(frame);
  }
  return painted;
}

test('outputs of one computer take the same paint, however late they get round to it', () => {
  assert.equal(paintedAt(30, 0), 32);
  assert.equal(paintedAt(30, 15), 32);
  assert.equal(paintedAt(22, 15), 16); // Within half a frame: the nearest one.
});

test('a frame waits for its word, and one without a word goes with the next', () => {
  const stage = new Stage();
  stage.add({ n: 1, parts: { city: 'old', bar: 'a' } });
  stage.add({ n: 2, parts: { city: 'new' } });

  assert.equal(stage.take(1), null);
  assert.deepEqual(stage.take(2), { n: 2, parts: { city: 'new', bar: 'a' } });
  assert.equal(stage.take(2), null);
});
