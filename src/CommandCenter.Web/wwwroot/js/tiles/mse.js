// Decodes the pictures of a tile by Media Source, where there is no WebCodecs: a little later, and a little faster than life until it has caught up.

import { beginning, fragment, timescale } from 'tiles/fmp4';

const Source = globalThis.ManagedMediaSource ?? globalThis.MediaSource;
const catchUpRate = 1.08;
const aheadS = 0.35; // More than this in the buffer is caught up with.
const seekS = 1.5;
const keptS = 6;
const waitingMax = 240; // At the beginning the pictures since the last key picture come all together.

export const isSupported = () => typeof Source === 'function' && Source.isTypeSupported('video/mp4; codecs="avc1.42e01e"');

export class SourcePicture {
  #video;
  #counts;
  #onUnable;
  #source = null;
  #buffer = null;
  #url = '';
  #type = '';
  #waiting = [];
  #sequence = 0;
  #firstUs = null;
  #lastUs = 0;
  #duration = timescale / 15;
  #hasBegun = false;
  #hasJumped = false; // To the newest picture: what came before it at the beginning is past.
  #facts = [];
  #isClosed = false;

  constructor(video, counts, onUnable) {
    this.#video = video;
    this.#counts = counts;
    this.#onUnable = onUnable;
    this.#watchPaint();
  }

  begin() {
    this.#drop();
  }

  codec(name) {
    this.#drop();
    this.#type = `video/mp4; codecs="${name}"`;
    if (!Source.isTypeSupported(this.#type)) {
      this.#type = '';
      this.#onUnable(name);
    }
  }

  take(picture) {
    if (!this.#type || this.#isClosed) {
      return;
    }
    if (!this.#hasBegun) {
      const first = picture.isKey ? beginning(picture.data) : null;
      if (!first) {
        this.#counts.dropped(1);
        return;
      }
      this.#open(first, picture.ptsUs - picture.offsetUs);
    }
    const decodeUs = picture.ptsUs - picture.offsetUs;
    const gapUs = decodeUs - this.#lastUs;
    if (this.#sequence > 0 && (gapUs < 0 || gapUs > 10_000_000)) {
      this.#drop(); // The clock of the stream began anew; the next key picture does too.
      return;
    }
    if (this.#sequence > 0 && gapUs > 0) {
      this.#duration = (gapUs * timescale) / 1e6;
    }
    if (this.#waiting.length > waitingMax) {
      this.#counts.dropped(this.#waiting.length);
      this.#drop();
      return;
    }
    this.#lastUs = decodeUs;
    const decodeAt = Math.round(((decodeUs - this.#firstUs) * timescale) / 1e6);
    const offset = Math.round((picture.offsetUs * timescale) / 1e6);
    this.#facts.push({ atS: (decodeAt + offset) / timescale, arrivedMs: picture.arrivedMs, capturedMs: picture.capturedMs });
    if (this.#facts.length > waitingMax) {
      this.#facts.shift();
    }
    this.#waiting.push(fragment(picture, { sequence: ++this.#sequence, decodeAt, duration: Math.round(this.#duration), offset }));
    this.#append();
  }

  close() {
    this.#isClosed = true;
    this.#drop();
  }

  #open(first, firstUs) {
    const source = new Source();
    this.#source = source;
    this.#hasBegun = true;
    this.#hasJumped = false;
    this.#firstUs = firstUs;
    this.#sequence = 0;
    this.#waiting = [first];
    this.#facts = [];
    this.#url = URL.createObjectURL(source);
    this.#video.disableRemotePlayback = true;
    this.#video.src = this.#url;
    source.addEventListener('sourceopen', () => {
      if (this.#source !== source) {
        return;
      }
      try {
        this.#buffer = source.addSourceBuffer(this.#type);
      } catch {
        this.#onUnable(this.#type);
        return;
      }
      this.#buffer.addEventListener('updateend', () => this.#append());
      this.#append();
    });
    this.#video.play().catch(() => {});
  }

  #append() {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || this.#source?.readyState !== 'open') {
      return;
    }
    try {
      if (this.#waiting.length > 0) {
        const parts = this.#waiting;
        this.#waiting = [];
        buffer.appendBuffer(parts.length === 1 ? parts[0] : joined(parts));
      } else {
        this.#follow(buffer);
      }
    } catch {
      this.#counts.dropped(1);
      this.#drop();
    }
  }

  #follow(buffer) {
    if (buffer.buffered.length === 0) {
      return;
    }
    const video = this.#video;
    const end = buffer.buffered.end(buffer.buffered.length - 1);
    const ahead = end - video.currentTime;
    if (!this.#hasJumped || ahead > seekS || video.currentTime < buffer.buffered.start(0)) {
      video.currentTime = Math.max(buffer.buffered.start(buffer.buffered.length - 1), end - aheadS / 2);
      this.#hasJumped = true;
    }
    video.playbackRate = ahead > aheadS ? catchUpRate : 1;
    if (video.currentTime - buffer.buffered.start(0) > keptS * 2) {
      buffer.remove(0, video.currentTime - keptS); // Or the memory would grow for ever.
    }
  }

  #drop() {
    this.#hasBegun = false;
    this.#waiting = [];
    this.#facts = [];
    this.#buffer = null;
    this.#source = null;
    if (this.#url) {
      URL.revokeObjectURL(this.#url);
      this.#url = '';
      this.#video.removeAttribute('src');
      this.#video.load();
    }
  }

  #watchPaint() {
    if (typeof this.#video.requestVideoFrameCallback !== 'function') {
      return;
    }
    const painted = (now, { mediaTime, expectedDisplayTime }) => {
      if (this.#isClosed) {
        return;
      }
      let facts = null;
      while (this.#facts.length > 0 && this.#facts[0].atS <= mediaTime + 0.005) {
        facts = this.#facts.shift();
      }
      if (facts) {
        this.#counts.painted(facts, performance.timeOrigin + Math.max(now, expectedDisplayTime ?? now));
      }
      this.#video.requestVideoFrameCallback(painted);
    };
    this.#video.requestVideoFrameCallback(painted);
  }
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
