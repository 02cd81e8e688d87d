// What the tablet says by itself, decided without a page: ages, and whether what it shows is of now.

/** After this long without an answer the picture is not called live any more. */
export const silentAfterMs = 15000;

/** Fills {0}, {1} … of a text. */
export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, place) => String(values[Number(place)] ?? ''));

/** 40 秒, 12 分钟, 2 小时 5 分, 3 天 4 小时. A negative age (a clock set back) reads as zero. */
export function age(ms, words) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) {
    return fill(words.second, seconds);
  }
  if (seconds < 3600) {
    return fill(words.minute, Math.floor(seconds / 60));
  }
  return seconds < 86400
    ? fill(words.hour, Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60)
    : fill(words.day, Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24);
}

/** The clock of Shanghai, whatever zone the tablet is set to. */
export function clock(iso, withSeconds = true) {
  const at = new Date(new Date(iso).getTime() + 8 * 3600000).toISOString();
  return at.slice(11, withSeconds ? 19 : 16);
}

/** Month, day and minute in Shanghai. */
export const moment = (iso) => new Date(new Date(iso).getTime() + 8 * 3600000).toISOString().slice(5, 16).replace('T', ' ');

/**
 * What may be said of what is shown.
 * @param {{online: boolean, failed: boolean, answeredAt: number|null, now: number, openedAt: number}} seen Times of the tablet's own clock, in milliseconds.
 * @returns {'live'|'offline'|'silent'|'connecting'}
 */
export function stateOf(seen) {
  if (!seen.online) {
    return 'offline';
  }
  if (seen.failed) {
    return 'silent';
  }
  if (seen.answeredAt === null) {
    return seen.now - seen.openedAt > silentAfterMs ? 'silent' : 'connecting';
  }
  return seen.now - seen.answeredAt > silentAfterMs || seen.now < seen.answeredAt - silentAfterMs ? 'silent' : 'live';
}

/** Whether what was kept may still be shown: its account is the one of this page, and its session may still last. A clock that was set back ends it. */
export const mayShow = (kept, account, now) =>
  kept !== null && kept.view.pulse.account === account && now - kept.receivedAt < kept.view.pulse.keepSeconds * 1000 && now >= kept.receivedAt - 60000;
