import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const load = (name) => import(pathToFileURL(join(process.env.TILES, name + '.mjs')));
const { readPicture, backoffMs } = await load('protocol');
const { Budget, modesOf } = await load('budget');
const { unitsOf, typeOf } = await load('annexb');
const { sizeOf } = await load('sps');
const { beginning, fragment, timescale } = await load('fmp4');
const { nextOf } = await load('grid');
const { dutyText, lineText, reasonText, spanText } = await load('words');

// 640 × 360, Baseline 3.0, as x264 writes it: 640 × 368 cropped by 8.
const sps = Uint8Array.from([0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x2f, 0xf9, 0x70, 0x11, 0x00, 0x00, 0x03, 0x00, 0x01, 0x00, 0x00, 0x03, 0x00, 0x1e, 0x0f, 0x16, 0x2e, 0x48]);
const pps = Uint8Array.from([0x68, 0xcb, 0x83, 0xcb, 0x20]);
const key = Uint8Array.from([0, 0, 0, 1, ...sps, 0, 0, 0, 1, ...pps, 0, 0, 1, 0x65, 0x88, 0x84, 0, 0]);

test('a picture is read as it was written, and what is none is not', () => {
  const bytes = new Uint8Array(35);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint8(1, 3);
  view.setUint16(2, 63);
  view.setInt32(4, -40000);
  view.setBigInt64(8, 5_000_000_000n);
  view.setFloat64(16, 1_795_000_000_123.5);
  view.setFloat64(24, 1_795_000_000_100);
  bytes.set([7, 8, 9], 32);
  const picture = readPicture(bytes.buffer);
  assert.deepEqual({ ...picture, data: [...picture.data] }, { tile: 63, isKey: true, offsetUs: -40000, ptsUs: 5e9, arrivedMs: 1795000000123.5, capturedMs: 1795000000100, data: [7, 8, 9] });
  view.setUint8(1, 0);
  assert.equal(readPicture(bytes.buffer).capturedMs, null);
  view.setUint8(0, 9);
  assert.equal(readPicture(bytes.buffer), null);
  assert.equal(readPicture(new ArrayBuffer(32)), null);
});

test('attempts grow apart up to five seconds, never all at one instant', () => {
  assert.equal(backoffMs(0, 0), 125);
  assert.equal(backoffMs(0, 1), 250);
  assert.equal(backoffMs(30, 1), 5000);
});

test('a browser that is late shows a quarter fewer tiles in full, and more again only after a calm time', () => {
  const budget = new Budget(64);
  const bad = { painted: 400, late: 100, dropped: 0, tiles: 32 };
  const good = { painted: 400, late: 1, dropped: 0, tiles: 24 };
  budget.take(bad);
  assert.equal(budget.full, 24);
  budget.take({ painted: 3, late: 3, dropped: 3, tiles: 24 });
  assert.equal(budget.full, 24); // Too few to say anything.
  for (let i = 0; i < 4; i++) {
    budget.take(good);
  }
  assert.equal(budget.full, 24);
  budget.take(good);
  assert.equal(budget.full, 25);
  for (let i = 0; i < 40; i++) {
    budget.take({ painted: 0, late: 0, dropped: 50, tiles: 25 });
  }
  assert.equal(budget.full, 2);
});

test('the tile that is looked at is the last to lose its pictures, the end of the page the first', () => {
  assert.deepEqual([...modesOf(['a', 'b', 'c'], 'c', 2)], [['c', 'all'], ['a', 'all'], ['b', 'keys']]);
  assert.deepEqual([...modesOf(['a', 'b'], null, 1)], [['a', 'all'], ['b', 'keys']]);
});

test('units and the size of the picture are found', () => {
  assert.deepEqual(unitsOf(key).map(typeOf), [7, 8, 5]);
  assert.deepEqual([...unitsOf(key)[2]], [0x65, 0x88, 0x84]);
  assert.deepEqual(sizeOf(sps), { width: 640, height: 360 });
});

test('a stream in boxes says its lengths rightly', () => {
  const walk = (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const names = [];
    for (let at = 0; at < bytes.length;) {
      const size = view.getUint32(at);
      assert.ok(size >= 8 && at + size <= bytes.length);
      names.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
      at += size;
    }
    return names;
  };
  assert.deepEqual(walk(beginning(key)), ['ftyp', 'moov']);
  assert.equal(beginning(Uint8Array.from([0, 0, 1, 0x41, 1])), null);
  const part = fragment({ data: key, isKey: true }, { sequence: 1, decodeAt: 2 ** 33, duration: timescale / 15, offset: 0 });
  assert.deepEqual(walk(part), ['moof', 'mdat']);
  assert.deepEqual([...part.subarray(-7)], [0, 0, 0, 3, 0x65, 0x88, 0x84]); // Length, then the slice alone: parameter sets stand in the beginning.
  const view = new DataView(part.buffer);
  const trun = part.findIndex((_, i) => String.fromCharCode(...part.subarray(i, i + 4)) === 'trun');
  assert.equal(view.getUint32(trun + 12), view.getUint32(0) + 8); // Where the data begin: behind the head of mdat.
});

test('arrows lead to the tile that lies there', () => {
  const boxes = [0, 1, 2, 3, 4].map((i) => ({ left: (i % 3) * 100, top: Math.floor(i / 3) * 100, width: 100, height: 100 }));
  assert.equal(nextOf(boxes, 0, 'ArrowRight'), 1);
  assert.equal(nextOf(boxes, 0, 'ArrowLeft'), 0);
  assert.equal(nextOf(boxes, 1, 'ArrowDown'), 4);
  assert.equal(nextOf(boxes, 4, 'ArrowUp'), 1);
  assert.equal(nextOf(boxes, 4, 'ArrowDown'), 4);
  assert.equal(nextOf(boxes, 1, 'End'), 4);
});

test('a tile says its latency and from when, or since when it is not live and why', () => {
  const texts = { 'latency.captured': 'c {0}', 'latency.arrived': 'a {0}', since: '{0} ago', 'unit.s': '{0} s', 'unit.min': '{0} min', 'unit.h': '{0} h', 'unit.d': '{0} d', 'reason.codec': 'not {0}' };
  assert.equal(lineText({ word: 'live', reason: '', at: 0 }, { ms: 44, isFromCapture: true }, 1000, texts), 'c 44');
  assert.equal(lineText({ word: 'live', reason: '', at: 0 }, { ms: 44, isFromCapture: false }, 1000, texts), 'a 44');
  assert.equal(lineText({ word: 'live', reason: '', at: 0 }, null, 1000, texts), '');
  assert.equal(lineText({ word: 'lost', reason: '', at: 1000 }, null, 62_000, texts), '1 min ago');
  assert.equal(lineText({ word: 'lost', reason: '', at: 1000 }, null, null, texts), '');
  assert.equal(reasonText('codec hvc1', texts), 'not hvc1');
  assert.equal(reasonText('unheard-of', texts), 'unheard-of');
  assert.equal(reasonText('', texts), '');
  assert.equal(spanText(7_200_000, texts), '2 h');
});

test('an errand says when he was sent, and then when he arrived, in Shanghai, and hides no silence', () => {
  const texts = { 'errand.sent': 'sent {0}', 'errand.arrived': 'arrived {0}', 'duty.live': 'on duty', 'duty.lost': 'not heard of' };
  const sent = { sentAt: '2026-11-22T01:41:23Z', arrivedAt: null };
  assert.equal(dutyText({ duty: 'live', errand: null }, texts), 'on duty');
  assert.equal(dutyText({ duty: 'live', errand: sent }, texts), 'sent 09:41');
  assert.equal(dutyText({ duty: 'live', errand: { ...sent, arrivedAt: '2026-11-22T16:02:00+00:00' } }, texts), 'arrived 00:02');
  assert.equal(dutyText({ duty: 'lost', errand: sent }, texts), 'not heard of');
});
