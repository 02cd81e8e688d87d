// What the server says about pictures, read without a page. docs/tiles.md describes it, TileMessages.cs writes it.

const headBytes = 32;
const pictureType = 1;
const keyFlag = 1;
const capturedFlag = 2;

/** A picture of one tile; null for what is of no known type. */
export function readPicture(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength <= headBytes || view.getUint8(0) !== pictureType) {
    return null;
  }
  const flags = view.getUint8(1);
  return {
    tile: view.getUint16(2),
    isKey: (flags & keyFlag) !== 0,
    offsetUs: view.getInt32(4), // From decoding to showing; more than 0 where pictures are shown in another order.
    ptsUs: Number(view.getBigInt64(8)),
    arrivedMs: view.getFloat64(16),
    capturedMs: (flags & capturedFlag) !== 0 ? view.getFloat64(24) : null,
    data: new Uint8Array(buffer, headBytes),
  };
}

/** How long to wait before the next attempt, with jitter: all pages come back after a restart, and not at the same instant. */
export function backoffMs(attempt, random) {
  return Math.min(5000, 250 * 2 ** Math.min(attempt, 5)) * (0.5 + random / 2);
}
