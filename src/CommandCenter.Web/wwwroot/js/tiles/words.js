// What a tile says, decided without a page.

import { clockText } from 'wall-state';

const marked = /\{(\d)\}/g;

export const fill = (text, ...values) => text.replace(marked, (_, index) => String(values[index]));

/** Why a tile is not live; empty when its state says all. */
export function reasonText(reason, texts) {
  if (!reason) {
    return '';
  }
  const [word, ...rest] = reason.split(' ');
  const text = texts[`reason.${word}`];
  return text ? fill(text, rest.join(' ')) : word;
}

/** A span of one unit: a number and what it counts. */
export function spanText(ms, texts) {
  const s = Math.max(0, Math.floor(ms / 1000));
  const [count, unit] = s < 60 ? [s, 's'] : s < 3600 ? [Math.floor(s / 60), 'min'] : s < 86_400 ? [Math.floor(s / 3600), 'h'] : [Math.floor(s / 86_400), 'd'];
  return fill(texts[`unit.${unit}`], count);
}

/**
 * The line beside a tile's state: of a live one its latency and what it is counted from, of another one since when and why.
 * @param {{word: string, reason: string, at: number|null}} state
 * @param {{ms: number, isFromCapture: boolean}|null} latency
 * @param {number|null} now The server's clock.
 */
export function lineText(state, latency, now, texts) {
  if (state.word === 'live') {
    return latency ? fill(texts[latency.isFromCapture ? 'latency.captured' : 'latency.arrived'], latency.ms) : '';
  }
  return state.word !== 'connecting' && state.at !== null && now !== null && now - state.at >= 1000 ? fill(texts.since, spanText(now - state.at, texts)) : '';
}

/** What is known of an officer: that he is silent, before where he was sent, and when, or when he arrived. */
export function dutyText({ duty, errand }, texts) {
  if (duty !== 'live' || !errand) {
    return texts[`duty.${duty}`] ?? duty;
  }
  const { sentAt, arrivedAt } = errand;
  return fill(texts[arrivedAt ? 'errand.arrived' : 'errand.sent'], clockText(Date.parse(arrivedAt ?? sentAt)).slice(0, 5));
}
