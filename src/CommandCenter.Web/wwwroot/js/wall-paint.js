// When a frame is painted. A page of its own paints what comes at once. An output of a wall of several waits for the word: all of
// them show the same frame at the same instant of the server's clock.

/** Half a frame of a screen at 60 Hz: the paint that is nearest to the instant is the one to take. */
const halfFrameMs = 8;

/**
 * Runs `paint` in the browser's paint that is nearest to an instant; without a visible page, soon after it.
 * @param {number} at an instant of the clock `now`.
 * @param {(paintAt?: number) => number} now the clock, at a time of the page's own or at this moment.
 * @param {() => void} paint what to run.
 */
export function atInstant(at, now, paint) {
  const due = at - now();
  if (due > 40) {
    setTimeout(() => atInstant(at, now, paint), due - 30);
    return;
  }
  if (document.hidden) {
    setTimeout(paint, Math.max(0, due));
    return;
  }
  // By the time of the paint, which all outputs of one computer share, and not by when this page got round to it.
  const look = (paintAt) => (now(performance.timeOrigin + paintAt) >= at - halfFrameMs ? paint() : requestAnimationFrame(look));
  requestAnimationFrame(look);
}

/** Gathers what was sent until the word comes to show it. A frame without a word is not lost: its parts go with the next one. */
export class Stage {
  #frame = null;

  add(frame) {
    this.#frame = { ...frame, parts: { ...this.#frame?.parts, ...frame.parts } };
  }

  /** The gathered frame, when it is the one that the word names. */
  take(number) {
    if (this.#frame?.n !== number) {
      return null;
    }
    const frame = this.#frame;
    this.#frame = null;
    return frame;
  }
}
