// The live picture of one camera in one video element: what can truly be said of it, and what was measured. Draws no word.

import { lateMs } from 'tiles/budget';
import { makePicture, way } from 'tiles/picture';

const latencySamples = 15;

export class LivePicture {
  /** What can be said: a word, a reason, and since when by the server's clock. */
  state = { word: 'connecting', reason: '', at: null };

  /** The stream and the mode that were asked for last. */
  wish;

  /** Pictures since `measure` was asked last. */
  #counts = { painted: 0, late: 0, dropped: 0 };
  #latencies = [];
  #isFromCapture = false;
  #feed;
  #handle = null;
  #picture = null;
  #video;
  #onChange;
  #paintedAt = 0;

  /** @param {() => void} onChange Told when the state is another one. */
  constructor(feed, video, wish, onChange) {
    this.#feed = feed;
    this.#video = video;
    this.wish = wish;
    this.#onChange = onChange;
    if (!way) {
      this.state = { word: 'off', reason: 'no-decoder', at: null };
      return;
    }
    this.#handle = feed.open(wish, {
      begin: () => this.#picture?.begin(),
      codec: (name) => this.#decoding().codec(name),
      state: (word, reason, at) => this.#say(word, reason, at),
      refused: (code) => {
        this.#end();
        this.#say('off', code, null);
      },
      picture: (picture) => this.#decoding().take(picture),
      away: () => this.#say('lost', 'away', null),
    });
    if (!this.#handle) {
      this.state = { word: 'off', reason: 'full', at: null };
    }
  }

  /** Asks for another stream or mode of the same camera; the last picture stays until the new one comes. */
  change(wish) {
    this.wish = wish;
    this.#handle?.change(wish);
  }

  close() {
    this.#handle?.close();
    this.#handle = null;
    this.#end();
  }

  /** The middle of the last latencies in milliseconds, and whether from the taking of the picture or from its arrival; null when nothing was painted of late. */
  get latency() {
    if (this.#latencies.length === 0 || performance.now() - this.#paintedAt > 3000) {
      return null;
    }
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    return { ms: Math.max(0, Math.round(sorted[sorted.length >> 1])), isFromCapture: this.#isFromCapture };
  }

  /** What was painted, late and dropped since the last call. */
  measure() {
    const counts = this.#counts;
    this.#counts = { painted: 0, late: 0, dropped: 0 };
    return counts;
  }

  #decoding() {
    return this.#picture ??= makePicture(this.#video, {
      painted: (facts, at) => this.#painted(facts, at),
      dropped: (count) => { this.#counts.dropped += count; },
    }, (codec) => this.#say('off', `codec ${codec}`, null));
  }

  #painted({ arrivedMs, capturedMs }, at) {
    const serverNow = this.#feed.serverNow();
    if (serverNow === null) {
      return;
    }
    const onServer = at + serverNow - (performance.timeOrigin + performance.now());
    const latency = onServer - (capturedMs ?? arrivedMs);
    this.#isFromCapture = capturedMs !== null;
    this.#latencies.push(latency);
    if (this.#latencies.length > latencySamples) {
      this.#latencies.shift();
    }
    this.#paintedAt = performance.now();
    this.#counts.painted++;
    if (onServer - arrivedMs > lateMs) {
      this.#counts.late++;
    }
  }

  #say(word, reason, at) {
    if (word !== this.state.word || reason !== this.state.reason) {
      this.state = { word, reason, at };
      if (word !== 'live') {
        this.#latencies = [];
      }
      this.#onChange();
    }
  }

  #end() {
    this.#picture?.close();
    this.#picture = null;
    this.#latencies = [];
  }
}
