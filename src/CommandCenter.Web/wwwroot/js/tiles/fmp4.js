// Pictures of H.264 as fragmented MP4 (ISO/IEC 14496-12, -15), one picture a fragment, for browsers that decode by Media Source.

import { delimiter, pictureSet, sequenceSet, typeOf, unitsOf } from 'tiles/annexb';
import { sizeOf } from 'tiles/sps';

export const timescale = 90_000;
const trackId = 1;

/** The beginning of a stream: what a decoder needs before the first picture. Null when the key picture brings no parameter sets. */
export function beginning(keyPicture) {
  const units = unitsOf(keyPicture);
  const sps = units.find((unit) => typeOf(unit) === sequenceSet);
  const pps = units.find((unit) => typeOf(unit) === pictureSet);
  if (!sps || !pps) {
    return null;
  }
  const { width, height } = sizeOf(sps);
  const avcC = box('avcC', [1, sps[1], sps[2], sps[3], 0xff, 0xe1], u16(sps.length), sps, [1], u16(pps.length), pps);
  const avc1 = box('avc1', zeros(6), u16(1), zeros(16), u16(width), u16(height), u32(0x480000), u32(0x480000), u32(0), u16(1), zeros(32), u16(0x18), u16(0xffff), avcC);
  const stbl = box('stbl', full('stsd', 0, 0, u32(1), avc1), full('stts', 0, 0, u32(0)), full('stsc', 0, 0, u32(0)), full('stsz', 0, 0, u32(0), u32(0)), full('stco', 0, 0, u32(0)));
  const dinf = box('dinf', full('dref', 0, 0, u32(1), full('url ', 0, 1)));
  const minf = box('minf', full('vmhd', 0, 1, zeros(8)), dinf, stbl);
  const mdia = box('mdia', full('mdhd', 0, 0, u32(0), u32(0), u32(timescale), u32(0), u16(0x55c4), u16(0)), full('hdlr', 0, 0, u32(0), text('vide'), zeros(12), text('video\0')), minf);
  const tkhd = full('tkhd', 0, 3, u32(0), u32(0), u32(trackId), u32(0), u32(0), zeros(16), matrix(), u32(width * 65536), u32(height * 65536));
  const mvhd = full('mvhd', 0, 0, u32(0), u32(0), u32(timescale), u32(0), u32(0x10000), u16(0x100), zeros(10), matrix(), zeros(24), u32(trackId + 1));
  const mvex = box('mvex', full('trex', 0, 0, u32(trackId), u32(1), u32(0), u32(0), u32(0)));
  return join(box('ftyp', text('isom'), u32(1), text('isomavc1')), box('moov', mvhd, box('trak', tkhd, mdia), mvex));
}

/**
 * One picture.
 * @param {{data: Uint8Array, isKey: boolean}} picture
 * @param {{sequence: number, decodeAt: number, duration: number, offset: number}} times In units of `timescale`; decodeAt may be beyond 32 bits.
 */
export function fragment(picture, { sequence, decodeAt, duration, offset }) {
  const units = unitsOf(picture.data).filter((unit) => ![sequenceSet, pictureSet, delimiter].includes(typeOf(unit)));
  const size = units.reduce((sum, unit) => sum + 4 + unit.length, 0);
  const flags = picture.isKey ? 0x02000000 : 0x01010000;
  const mfhd = full('mfhd', 0, 0, u32(sequence));
  const tfhd = full('tfhd', 0, 0x020000, u32(trackId));
  const tfdt = full('tfdt', 1, 0, u32(Math.floor(decodeAt / 2 ** 32)), u32(decodeAt));
  const trunBytes = 12 + 8 + 16; // Its head, count and place of the data, one row.
  const place = 8 + mfhd.length + 8 + tfhd.length + tfdt.length + trunBytes + 8;
  const trun = full('trun', 1, 0xf01, u32(1), u32(place), u32(duration), u32(size), u32(flags), u32(offset));
  const moof = box('moof', mfhd, box('traf', tfhd, tfdt, trun));
  const whole = new Uint8Array(moof.length + 8 + size);
  whole.set(moof);
  whole.set(u32(8 + size), moof.length);
  whole.set(text('mdat'), moof.length + 4);
  let at = moof.length + 8;
  for (const unit of units) {
    whole.set(u32(unit.length), at);
    whole.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return whole;
}

const u16 = (value) => [(value >>> 8) & 255, value & 255];
const u32 = (value) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const zeros = (count) => new Uint8Array(count);
const text = (letters) => [...letters].map((letter) => letter.charCodeAt(0));
const matrix = () => [...u32(0x10000), ...zeros(12), ...u32(0x10000), ...zeros(12), ...u32(0x40000000)];

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function box(type, ...parts) {
  const body = join(...parts);
  return join(u32(8 + body.length), text(type), body);
}

function full(type, version, flags, ...parts) {
  return box(type, [version, (flags >> 16) & 255, (flags >> 8) & 255, flags & 255], ...parts);
}
