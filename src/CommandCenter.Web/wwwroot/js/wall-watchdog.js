// What can get stuck in a page, and when. Decided without a page, so that it can be tried without one.

/** A browser that paints nothing for so long, although the page is visible, is stuck. */
export const paintGapMs = 5000;

/** So many script errors since the page was opened are one too many. */
export const errorsMax = 3;

/**
 * Why the page should be loaded anew; empty while all is well.
 * @param {{now: number, visible: boolean, paintedAt: number, errors: number, brokenPanels: number, version: string,
 *          ownVersion: string, layout: string, ownLayout: string}} seen Times of one monotonic clock.
 */
export function faultOf(seen) {
  if (seen.visible && seen.now - seen.paintedAt > paintGapMs) {
    return 'frozen';
  }
  if (seen.brokenPanels > 0) {
    return 'panel';
  }
  if (seen.errors >= errorsMax) {
    return 'errors';
  }
  if (seen.version !== seen.ownVersion) {
    return 'version';
  }
  return seen.layout === seen.ownLayout ? '' : 'layout';
}

/** Counts the browser's paints: how many a second, and when the last was. */
export class PaintCounter {
  #count = 0;
  #since;
  #lastAt;

  constructor(now) {
    this.#since = now;
    this.#lastAt = now;
  }

  get lastAt() {
    return this.#lastAt;
  }

  painted(now) {
    this.#count++;
    this.#lastAt = now;
  }

  /** Paints a second since the last time of asking. A page that was hidden begins anew. */
  rate(now) {
    const rate = (this.#count * 1000) / Math.max(1, now - this.#since);
    this.#count = 0;
    this.#since = now;
    return Math.round(rate * 10) / 10;
  }

  /** Nothing was to be painted until now. */
  rest(now) {
    this.#lastAt = now;
  }
}

/**
 * By how much the picture stands aside in a minute, in design pixels: at most 12 each way, another place each minute, all outputs
 * of a wall alike. What stands still for years would burn into the screens.
 */
export function shiftOf(minute) {
  const step = ((minute % 49) + 49) % 49;
  const place = (index) => ((index * 3) % 7) * 4 - 12; // Neighbouring minutes lie apart, and all 49 places come by.
  return { x: place(step % 7), y: place(Math.floor(step / 7)) };
}
