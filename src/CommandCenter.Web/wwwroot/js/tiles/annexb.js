// NAL units of an Annex B byte stream (ITU-T H.264, annex B).

/** @returns {Uint8Array[]} The units without their start codes. */
export function unitsOf(data) {
  const units = [];
  let start = -1;
  for (let i = 0; i + 2 < data.length; i++) {
    if (data[i] === 0 && data[i + 1] === 0 && data[i + 2] === 1) {
      if (start >= 0) {
        units.push(trimmed(data.subarray(start, i)));
      }
      start = i + 3;
      i += 2;
    }
  }
  if (start >= 0) {
    units.push(trimmed(data.subarray(start)));
  }
  return units.filter((unit) => unit.length > 0);
}

/** The type of a unit of H.264. */
export const typeOf = (unit) => unit[0] & 0x1f;

export const sequenceSet = 7;
export const pictureSet = 8;
export const delimiter = 9;

// A unit ends with a one bit: zeros behind it belong to the next start code.
function trimmed(unit) {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) {
    end--;
  }
  return unit.subarray(0, end);
}
