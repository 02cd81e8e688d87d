// How many tiles a browser can show in full, from what it measured; decided without a page.

/** A picture that is painted so long after it arrived is late. */
export const lateMs = 500;

const badShare = 0.1;
const fewest = 2;
const calmLooks = 5;

export class Budget {
  #full;
  #calm = 0;

  constructor(most = 64) {
    this.most = most;
    this.#full = most;
  }

  /** How many tiles may have all pictures; the others get key pictures. */
  get full() {
    return this.#full;
  }

  /**
   * Takes what was measured in the last look of two seconds.
   * @param {{painted: number, late: number, dropped: number, tiles: number}} sum Over all tiles that had all pictures.
   */
  take({ painted, late, dropped, tiles }) {
    const all = painted + dropped;
    if (all < 10) {
      return; // Too few to say anything.
    }
    if ((late + dropped) / all > badShare) {
      // A quarter less at once: a browser that is behind falls further behind.
      this.#full = Math.max(fewest, Math.floor(Math.min(this.#full, tiles) * 0.75));
      this.#calm = 0;
    } else if (++this.#calm >= calmLooks && this.#full < this.most) {
      this.#full = Math.min(this.most, this.#full + 1);
      this.#calm = calmLooks - 2; // The next one after two more looks.
    }
  }
}

/** The modes of tiles in their order; the one that is looked at is the nearest, the last of the page the farthest. */
export function modesOf(ids, focused, full) {
  const order = focused ? [focused, ...ids.filter((id) => id !== focused)] : ids;
  return new Map(order.map((id, place) => [id, place < full ? 'all' : 'keys']));
}
