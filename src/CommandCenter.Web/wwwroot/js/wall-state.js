// What the wall shows about itself, decided without a page: no document, no socket, no clock of its own.

/** Longest wait before the next attempt to connect, whatever happened before. */
export const backoffMaxMs = 3000;

/** A page that reloads more often than this is in a loop, and a loop looks like a frozen wall. */
export const reloadGapMs = 10000;

/** What a reload did not mend is tried again ever more rarely, at last every ten minutes. */
export const reloadGapMaxMs = 600000;

/**
 * The state of the picture.
 * @param {{connected: boolean, everConnected: boolean, lostAt: number, openedAt: number, now: number,
 *          frameAt: number, staleAfterMs: number, stopped: string}} seen Times in server milliseconds.
 * @returns {{kind: 'live'|'stale'|'lost'|'connecting', reason?: 'silent'|'stopped', since?: number, courts?: string}}
 */
export function stateOf(seen) {
  if (!seen.connected) {
    // The first moments of a page are not an outage; after that, "connecting" would hide one.
    return seen.everConnected || seen.now - seen.openedAt > seen.staleAfterMs
      ? { kind: 'lost', since: seen.lostAt }
      : { kind: 'connecting' };
  }
  // By the stamp that the server put on the frame: a frame repeated after a reconnect must not look new.
  if (seen.now - seen.frameAt > seen.staleAfterMs) {
    return { kind: 'stale', reason: 'silent', since: seen.frameAt };
  }
  return seen.stopped ? { kind: 'stale', reason: 'stopped', courts: seen.stopped } : { kind: 'live' };
}

/** Wait before attempt number `attempt` (0, 1, …): doubling from 250 ms, at most 3 s, half of it random. */
export function backoffMs(attempt, random) {
  const full = Math.min(backoffMaxMs, 250 * 2 ** Math.min(attempt, 10));
  return full / 2 + (full / 2) * random;
}

/**
 * Whether the page may take itself anew.
 * @param {{at: number, why: string, count: number}|null} last The last time, why, and how often for that in a row.
 */
export function mayReload(last, why, now) {
  return !last || now - last.at >= (last.why === why ? Math.min(reloadGapMaxMs, reloadGapMs * 2 ** (last.count - 1)) : reloadGapMs);
}

/** What to remember of a reload. */
export function reloadAfter(last, why, now) {
  const again = last?.why === why && now - last.at < 2 * reloadGapMaxMs;
  return { at: now, why, count: again ? last.count + 1 : 1 };
}

/**
 * The server's clock, from round trips. `local` is a monotonic time: it does not jump when the wall computer's clock is set.
 * Of the last samples the one with the shortest round trip counts, for its error is at most half of that.
 */
export class ServerClock {
  #samples = [];
  #offset;

  constructor(serverAtOpening, localAtOpening) {
    this.#offset = serverAtOpening - localAtOpening;
  }

  add(sent, received, server) {
    this.#samples.push({ trip: received - sent, offset: server - (sent + received) / 2 });
    if (this.#samples.length > 8) {
      this.#samples.shift();
    }
    this.#offset = this.#samples.reduce((best, sample) => (sample.trip <= best.trip ? sample : best)).offset;
  }

  /** After a reconnect it may be another server: old samples say nothing about it. */
  forget() {
    this.#samples = [];
  }

  at(local) {
    return local + this.#offset;
  }
}

const shanghaiMs = 8 * 3600 * 1000; // One offset without summer time since 1991.

const two = (number) => String(number).padStart(2, '0');

/** 09:41:23 in Shanghai. */
export function clockText(ms) {
  const at = new Date(ms + shanghaiMs);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
}

/** The day in Shanghai, in the words of `texts`. */
export function dateText(ms, texts) {
  const at = new Date(ms + shanghaiMs);
  return fill(
    texts.date,
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    texts['date.weekdays'].split(' ')[at.getUTCDay()],
    texts['date.months'].split(' ')[at.getUTCMonth()],
  );
}

/** 3 秒 · 1 分 12 秒 · 2 小时 05 分 · 3 天 4 小时. A negative age reads as zero. */
export function ageText(ms, texts) {
  const s = Math.max(0, Math.floor(ms / 1000));
  const word = (unit) => texts['age.' + unit];
  if (s < 60) {
    return `${s} ${word('s')}`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} ${word('min')} ${two(s % 60)} ${word('s')}`;
  }
  if (s < 86400) {
    return `${Math.floor(s / 3600)} ${word('h')} ${two(Math.floor(s / 60) % 60)} ${word('min')}`;
  }
  return `${Math.floor(s / 86400)} ${word('d')} ${Math.floor(s / 3600) % 24} ${word('h')}`;
}

/** Replaces {0}, {1}, … */
export function fill(template, ...values) {
  return template.replace(/\{(\d)\}/g, (_, index) => values[Number(index)]);
}

/** The alert line of a state; empty when there is nothing to say. */
export function alertText(state, now, asOf, texts) {
  if (state.kind === 'lost') {
    return fill(texts['alert.lost'], clockText(state.since), ageText(now - state.since, texts), clockText(asOf));
  }
  if (state.kind === 'stale') {
    return state.reason === 'silent'
      ? fill(texts['alert.silent'], ageText(now - state.since, texts), clockText(asOf))
      : fill(texts['alert.stopped'], state.courts);
  }
  return '';
}

/** Whether a frame is newer than the one shown. Within one server, its clock orders frames; another server starts anew. */
export function isNewer(frame, shown) {
  return !shown || frame.instance !== shown.instance || frame.now >= shown.now;
}

/** All windows of the day, the open one as it is now. */
export function fundsWith(funds, [moneyIn, moneyOut]) {
  return {
    from: funds.from,
    in: [...funds.in.slice(0, -1), moneyIn],
    out: [...funds.out.slice(0, -1), moneyOut],
  };
}

/** The path of a line through values at even steps, the least at the bottom and the greatest at the top; flat in the middle when they are equal. */
export function linePath(values, width, height, margin) {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const y = (value) => (span === 0 ? height / 2 : height - margin - ((value - least) / span) * (height - 2 * margin));
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values.map((value, index) => `${index === 0 ? 'M' : 'L'}${Math.round(index * step)} ${Math.round(y(value))}`).join('');
}

/** How wide a figure is in its own font size, rounded up: digits of Noto Sans CJK are 0.555 em, separators half of that. */
export function widthInEms(text) {
  const widthOf = (character) => (',.'.includes(character) ? 0.28 : character === '%' ? 0.93 : character > '\u2e80' ? 1 : 0.56);
  return [...text].reduce((width, character) => width + widthOf(character), 0) || 1;
}

/**
 * The unit of a money axis, so that its labels stay short: the largest of which the peak holds at least two.
 * @param {number} peakFen Greatest amount of a window.
 * @param {boolean} english Whether the page is English.
 * @returns {{fen: number, key: string}} Fen in one unit, and the key of its name.
 */
export function moneyUnit(peakFen, english) {
  const units = english
    ? [{ fen: 1e11, key: 'unit.yi' }, { fen: 1e8, key: 'unit.wan' }, { fen: 1e5, key: 'unit.thousand' }]
    : [{ fen: 1e10, key: 'unit.yi' }, { fen: 1e6, key: 'unit.wan' }];
  return units.find((unit) => peakFen >= 2 * unit.fen) ?? { fen: 100, key: 'unit.yuan' };
}
