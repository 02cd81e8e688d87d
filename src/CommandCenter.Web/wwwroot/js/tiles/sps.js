// The size of the pictures from a sequence parameter set (ITU-T H.264, 7.3.2.1.1).

const withChroma = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

class Bits {
  #bytes;
  #at = 0;

  constructor(unit) {
    // Emulation prevention: 00 00 03 stands for 00 00.
    this.#bytes = unit.filter((byte, i) => !(byte === 3 && i >= 2 && unit[i - 1] === 0 && unit[i - 2] === 0));
  }

  bit() {
    const byte = this.#bytes[this.#at >> 3] ?? 0;
    return (byte >> (7 - (this.#at++ & 7))) & 1;
  }

  bits(count) {
    let value = 0;
    for (let i = 0; i < count; i++) {
      value = value * 2 + this.bit();
    }
    return value;
  }

  /** Exp-Golomb, unsigned. */
  ue() {
    let zeros = 0;
    while (this.bit() === 0 && zeros < 32) {
      zeros++;
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  se() {
    const value = this.ue();
    return value % 2 === 1 ? (value + 1) / 2 : -value / 2;
  }
}

/** @param {Uint8Array} sps The unit, with its header. */
export function sizeOf(sps) {
  const bits = new Bits(sps.subarray(1));
  const profile = bits.bits(8);
  bits.bits(16);
  bits.ue();
  let chroma = 1;
  if (withChroma.includes(profile)) {
    chroma = bits.ue();
    if (chroma === 3) {
      bits.bit();
    }
    bits.ue();
    bits.ue();
    bits.bit();
    if (bits.bit()) {
      for (let i = 0; i < (chroma === 3 ? 12 : 8); i++) {
        if (bits.bit()) {
          skipScaling(bits, i < 6 ? 16 : 64);
        }
      }
    }
  }
  bits.ue();
  const order = bits.ue();
  if (order === 0) {
    bits.ue();
  } else if (order === 1) {
    bits.bit();
    bits.se();
    bits.se();
    for (let i = bits.ue(); i > 0; i--) {
      bits.se();
    }
  }
  bits.ue();
  bits.bit();
  const across = bits.ue() + 1;
  const down = bits.ue() + 1;
  const isFrame = bits.bit();
  if (!isFrame) {
    bits.bit();
  }
  bits.bit();
  let [left, right, top, bottom] = [0, 0, 0, 0];
  if (bits.bit()) {
    [left, right, top, bottom] = [bits.ue(), bits.ue(), bits.ue(), bits.ue()];
  }
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
  const unitY = (chroma === 1 ? 2 : 1) * (2 - isFrame);
  return { width: across * 16 - unitX * (left + right), height: down * 16 * (2 - isFrame) - unitY * (top + bottom) };
}

function skipScaling(bits, size) {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size; i++) {
    if (next !== 0) {
      next = (last + bits.se() + 256) % 256;
    }
    last = next === 0 ? last : next;
  }
}
