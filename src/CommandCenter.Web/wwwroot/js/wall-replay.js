// What a replay shows and where its controls stand, decided without a page: no document, no socket, no clock of its own.

import { fill } from 'wall-state';

export const speeds = [1, 10, 60, 600];

const minuteMs = 60 * 1000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const shanghaiMs = 8 * hourMs; // One offset without summer time since 1991.

const two = (number) => String(number).padStart(2, '0');

/** 2026-11-22T09:00:00+08:00: a moment as it stands in the address. */
export function isoText(ms) {
  return new Date(Math.floor(ms / 1000) * 1000 + shanghaiMs).toISOString().slice(0, 19) + '+08:00';
}

/** The moment and the speed of an address; a missing or wrong part is null or 0. */
export function stateOfAddress(search) {
  const query = new URLSearchParams(search);
  const at = Date.parse((query.get('at') ?? '').replace(' ', '+'));
  const speed = Number(query.get('speed') ?? 0);
  return { at: Number.isNaN(at) ? null : at, speed: speeds.includes(speed) ? speed : 0 };
}

/** The address of a moment; what else the address says stays. */
export function addressOf(path, search, at, speed) {
  const query = new URLSearchParams(search);
  query.set('at', isoText(at));
  if (speed > 0) {
    query.set('speed', String(speed));
  } else {
    query.delete('speed');
  }
  return `${path}?${query}`;
}

/** The address of the same page live. */
export function liveAddressOf(path, search) {
  const query = new URLSearchParams(search);
  query.delete('at');
  query.delete('speed');
  const rest = query.toString();
  return rest ? `${path}?${rest}` : path;
}

/** Where a replay is: between frames it goes on by itself, and every frame puts it right. */
export class PlayHead {
  #at;
  #local;

  constructor(at, speed, local) {
    this.set(at, speed, local);
  }

  set(at, speed, local) {
    this.#at = at;
    this.#local = local;
    this.speed = speed;
  }

  at(local) {
    return this.#at + (local - this.#local) * this.speed;
  }
}

/** The time that the scrubber spans: whole days of Shanghai, the last of them the one of the moment. */
export function windowOf(at, days) {
  const midnight = Math.floor((at + shanghaiMs) / dayMs) * dayMs - shanghaiMs;
  return { from: midnight - (days - 1) * dayMs, to: midnight + dayMs };
}

/** The window after a step of the moment: it stays as long as it holds the moment. */
export function windowHolding(window, at, days) {
  return at >= window.from && at < window.to && window.to - window.from === days * dayMs ? window : windowOf(at, days);
}

/** Ticks of the scrubber with their place from 0 to 1: hours of a day, else days; a label is there where it has room. */
export function ticksOf(window) {
  const span = window.to - window.from;
  const days = span / dayMs;
  const step = days <= 1 ? hourMs : dayMs;
  const labelEvery = days <= 1 ? 3 : Math.ceil(days / 8);
  return Array.from({ length: Math.round(span / step) }, (_, index) => {
    const at = window.from + index * step;
    const local = new Date(at + shanghaiMs);
    const label = days <= 1 ? `${two(local.getUTCHours())}:00` : `${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`;
    return { place: (at - window.from) / span, label: index % labelEvery === 0 ? label : '' };
  });
}

/** What of the window has no picture: before the recording, gaps, and what has not come yet; places from 0 to 1. */
export function shadesOf(window, history, now) {
  const span = window.to - window.from;
  const clip = (ms) => Math.min(window.to, Math.max(window.from, ms));
  const shade = (from, to, kind) => ({ from: (clip(from) - window.from) / span, to: (clip(to) - window.from) / span, kind });
  const recordedFrom = history.recordedFrom ? Date.parse(history.recordedFrom) : now;
  return [
    shade(window.from, Math.min(now, recordedFrom), 'unrecorded'),
    ...history.gaps.map((gap) => shade(Date.parse(gap.from), Date.parse(gap.to), 'gap')),
    shade(now, window.to, 'future'),
  ].filter((one) => one.to > one.from);
}

/** A moment that can be looked at: not before anything is known, and not after now. */
export function reachable(at, history, now) {
  const first = history.knownFrom ? Date.parse(history.knownFrom) : history.recordedFrom ? Date.parse(history.recordedFrom) : now;
  return Math.min(now, Math.max(Math.min(first, now), at));
}

/** Where a key leads; null for a key that is none of ours. */
export function afterKey(key, at, window) {
  switch (key) {
    case 'ArrowLeft': case 'ArrowDown': return at - minuteMs;
    case 'ArrowRight': case 'ArrowUp': return at + minuteMs;
    case 'PageDown': return at - hourMs;
    case 'PageUp': return at + hourMs;
    case 'Home': return window.from;
    case 'End': return window.to;
    default: return null;
  }
}

/** The speed that is chosen after another: 1, 10, 60, 600, and no further. */
export function neighbourSpeed(speed, direction) {
  const place = speeds.indexOf(speed);
  return speeds[Math.min(speeds.length - 1, Math.max(0, place + direction))];
}

const group = (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A number of cases, or an amount in the unit that fits it; truncated, as everywhere on the wall. */
export function amountText(value, unit, english) {
  if (value === null) {
    return '—';
  }
  const minus = value < 0 ? '\u2212' : '';
  const size = Math.abs(value);
  if (unit !== 'fen') {
    return minus + group(String(size));
  }
  const [scale, name] = english
    ? size >= 1e11 ? [1e11, 'bn'] : size >= 1e8 ? [1e8, 'm'] : [100, '']
    : size >= 1e10 ? [1e10, ' 亿元'] : size >= 1e6 ? [1e6, ' 万元'] : [100, ' 元'];
  const [whole, rest] = (Math.trunc((size / scale) * 100) / 100).toFixed(2).split('.');
  return `${minus}${english ? '¥' : ''}${group(whole)}.${rest}${name}`;
}

/** A change with its sign; of two days, months or years there is none. */
export function changeText(change, unit, english) {
  return change === null ? '' : change > 0 ? '+' + amountText(change, unit, english) : amountText(change, unit, english);
}

const periods = ['today', 'month', 'year'];

/** Rows of the list of what changed: one for each figure, in the order of the wall. */
export function changeRows(changes, texts, english) {
  const nameOf = (figure) => {
    const [name, period] = figure.split('.');
    return name === 'pending' || !periods.includes(period) ? texts['figure.' + name] : `${texts['period.' + period]} ${texts['figure.' + name]}`;
  };
  return changes.map(({ figure, unit, before, after, change }) => ({
    name: nameOf(figure),
    before: amountText(before, unit, english),
    after: amountText(after, unit, english),
    change: changeText(change, unit, english),
    direction: change === null || change === 0 ? 'none' : change > 0 ? 'up' : 'down',
  }));
}

/** Courts by how much changed in them today, the most first. */
export function courtsByChange(courts) {
  const weight = (court) => court.figures.filter(({ figure }) => figure.endsWith('.today') && !figure.startsWith('in') && !figure.startsWith('out'))
    .reduce((sum, { change }) => sum + Math.abs(change ?? 0), 0);
  return [...courts].sort((a, b) => weight(b) - weight(a) || b.figures.length - a.figures.length);
}

/** Corrections in words: what was shown, what is known now. */
export function correctionRows(corrections, names, texts, english) {
  return corrections.map(({ court, figure, unit, shown, known }) => ({
    court: court === null ? texts.city : names[court] ?? court,
    text: fill(
      texts['corrected.row'], changeRows([{ figure, unit, before: 0, after: 0, change: 0 }], texts, english)[0].name,
      unit === 'permille' ? `${(shown / 10).toFixed(1)}%` : amountText(shown, unit, english),
      unit === 'permille' ? `${(known / 10).toFixed(1)}%` : amountText(known, unit, english)),
  }));
}

/** 11-22 09:00:00 in Shanghai. */
export function stampText(ms) {
  return new Date(ms + shanghaiMs).toISOString().slice(5, 19).replace('T', ' ');
}
