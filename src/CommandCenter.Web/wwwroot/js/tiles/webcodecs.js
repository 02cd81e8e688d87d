// Decodes the pictures of a tile by WebCodecs and paints them into its video element, with nothing in between that waits.

const Generator = globalThis.MediaStreamTrackGenerator;
const TrackGenerator = globalThis.VideoTrackGenerator;
const waitingMax = 12; // Pictures in the decoder: more for long, and the browser does not follow.
const behindMaxMs = 2000; // Not at once: at the beginning the pictures since the last key picture come all together.
const burstMax = 200;
const keptMax = 256;

export const isSupported = () => typeof VideoDecoder === 'function' && typeof EncodedVideoChunk === 'function' && Boolean(Generator || TrackGenerator);

function makeTrack() {
  if (Generator) {
    const track = new Generator({ kind: 'video' });
    return { track, writable: track.writable };
  }
  const generator = new TrackGenerator();
  return { track: generator.track, writable: generator.writable };
}

export class CodecsPicture {
  #video;
  #writer;
  #track;
  #decoder = null;
  #config = null;
  #waitsForKey = true;
  #behindSince = null;
  #hasCaughtUp = false; // Until then nothing is late and nothing was dropped: it is of before this tile began.
  #held = []; // What comes while the browser is asked whether it can decode it.
  #facts = new Map(); // Of pictures in the decoder, by their time.
  #written = [];
  #counts;
  #onUnable;
  #isClosed = false;

  /**
   * @param {HTMLVideoElement} video
   * @param {{painted(facts, at): void, dropped(count): void}} counts
   * @param {(codec: string) => void} onUnable Told when the browser cannot decode what comes.
   */
  constructor(video, counts, onUnable) {
    this.#video = video;
    this.#counts = counts;
    this.#onUnable = onUnable;
    const { track, writable } = makeTrack();
    this.#track = track;
    this.#writer = writable.getWriter();
    this.#writer.closed.catch(() => {});
    video.srcObject = new MediaStream([track]);
    video.play().catch(() => {}); // A muted video plays; one that was replaced meanwhile says so here.
    this.#watchPaint();
  }

  /** Another stream begins: what comes is held until it is known how it is coded. */
  begin() {
    this.#config = null;
    this.#held = [];
    this.#restart();
  }

  async codec(name) {
    this.#config = null;
    const config = { codec: name, optimizeForLatency: true, hardwareAcceleration: 'prefer-software' };
    const answer = await VideoDecoder.isConfigSupported(config).catch(() => null);
    if (this.#isClosed) {
      return;
    }
    if (!answer?.supported) {
      this.#config = null;
      this.#onUnable(name);
      return;
    }
    this.#config = config;
    this.#restart();
    const held = this.#held;
    this.#held = [];
    held.forEach((picture) => this.take(picture));
  }

  take(picture) {
    if (!this.#config) {
      if (picture.isKey) {
        this.#held = [];
      }
      if (this.#held.length >= burstMax) {
        this.#held = []; // None of it, rather than a part that the next one does not follow.
      } else if (picture.isKey || this.#held.length > 0) {
        this.#held.push(picture);
      }
      return;
    }
    if (this.#waitsForKey && !picture.isKey) {
      return;
    }
    if (this.#isBehind()) {
      this.#counts.dropped(1);
      this.#waitsForKey = true; // Without this one the next cannot be decoded.
      return;
    }
    // A stream that was begun anew goes on from another time; a decoder does not mind, a map by time would.
    this.#waitsForKey = false;
    if (this.#facts.size >= keptMax) {
      this.#facts.delete(this.#facts.keys().next().value);
    }
    this.#facts.set(picture.ptsUs, { arrivedMs: picture.arrivedMs, capturedMs: picture.capturedMs });
    try {
      this.#decoder.decode(new EncodedVideoChunk({ type: picture.isKey ? 'key' : 'delta', timestamp: picture.ptsUs, data: picture.data }));
    } catch {
      this.#restart();
    }
  }

  close() {
    this.#isClosed = true;
    if (this.#decoder && this.#decoder.state !== 'closed') {
      this.#decoder.close();
    }
    this.#writer.close().catch(() => {});
    this.#track.stop();
    this.#video.srcObject = null;
    this.#facts.clear();
    this.#held = [];
  }

  #restart() {
    this.#waitsForKey = true;
    this.#behindSince = null;
    this.#hasCaughtUp = false;
    this.#facts.clear();
    this.#written = [];
    if (this.#decoder && this.#decoder.state !== 'closed') {
      this.#decoder.close();
    }
    this.#decoder = null;
    if (!this.#config) {
      return;
    }
    const decoder = new VideoDecoder({
      output: (frame) => this.#write(frame),
      error: () => {
        // A damaged picture closes the decoder; the next key picture begins anew.
        if (this.#decoder === decoder && !this.#isClosed) {
          this.#counts.dropped(1);
          this.#restart();
        }
      },
    });
    decoder.configure(this.#config);
    this.#decoder = decoder;
  }

  #isBehind() {
    const waiting = this.#decoder.decodeQueueSize;
    const now = performance.now();
    this.#behindSince = waiting > waitingMax ? this.#behindSince ?? now : null;
    return waiting > burstMax || (this.#behindSince !== null && now - this.#behindSince > behindMaxMs);
  }

  #write(frame) {
    const facts = this.#facts.get(frame.timestamp);
    this.#facts.delete(frame.timestamp);
    this.#hasCaughtUp ||= this.#decoder?.decodeQueueSize === 0;
    if (this.#isClosed || this.#writer.desiredSize <= 0) {
      this.#counts.dropped(this.#hasCaughtUp ? 1 : 0);
      frame.close();
      return;
    }
    if (facts) {
      this.#written.push({ ...facts, ptsUs: frame.timestamp });
      if (this.#written.length > keptMax) {
        this.#written.shift();
      }
    }
    this.#writer.write(frame).catch(() => frame.close());
  }

  #watchPaint() {
    if (typeof this.#video.requestVideoFrameCallback !== 'function') {
      return;
    }
    const painted = (now, metadata) => {
      if (this.#isClosed) {
        return;
      }
      // The newest that was written is the one that is painted, or the one before: the video element keeps no queue.
      const facts = this.#written.at(-1);
      this.#written = [];
      if (facts && this.#hasCaughtUp) {
        this.#counts.painted(facts, performance.timeOrigin + Math.max(now, metadata.expectedDisplayTime ?? now));
      }
      this.#video.requestVideoFrameCallback(painted);
    };
    this.#video.requestVideoFrameCallback(painted);
  }
}
