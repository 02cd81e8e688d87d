// One WebSocket for all tiles of a page, for ever: it comes back by itself, and every tile that is still wanted is asked for again.

import { backoffMs, readPicture } from 'tiles/protocol';
import { ServerClock } from 'wall-state';

const tilesMax = 64;
const clockEveryMs = 2000;
const silentMs = 20_000; // The clock is answered every two seconds; a line that says nothing for so long is dead.

const local = () => performance.timeOrigin + performance.now();

export class TileFeed {
  #url;
  #socket = null;
  #wanted = new Array(tilesMax).fill(null);
  #attempt = 0;
  #heardAt = 0;
  #clock = new ServerClock(local(), local());
  #isClockKnown = false;
  #onVideo;
  #isEnded = false;

  /** @param {(state: 'on'|'off'|'away', reason: string) => void} onVideo Told when that changes. */
  constructor(onVideo, url = `${location.origin.replace(/^http/, 'ws')}/cameras/feed`) {
    this.#url = url;
    this.#onVideo = onVideo;
    this.#connect();
    setInterval(() => this.#tick(), clockEveryMs);
  }

  /** The server's clock now, in milliseconds; null until it has been asked. */
  serverNow() {
    return this.#isClockKnown ? this.#clock.at(local()) : null;
  }

  /** Whether pictures can come. */
  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /**
   * Begins a tile.
   * @param {{camera: string, kind: 'main'|'sub', mode: 'all'|'keys'}} wish
   * @param {{begin(wish), codec(name), state(word, reason, at), refused(code), picture(picture), away()}} listener
   * @returns {{change(wish), close()}|null} null when the page has as many as it may.
   */
  open(wish, listener) {
    const tile = this.#wanted.indexOf(null);
    if (tile < 0) {
      return null;
    }
    const wanted = { wish, listener, hasBegun: false };
    this.#wanted[tile] = wanted;
    this.#ask(tile);
    return {
      change: (next) => {
        if (this.#wanted[tile] === wanted && (next.kind !== wanted.wish.kind || next.mode !== wanted.wish.mode)) {
          wanted.wish = next;
          wanted.hasBegun = false; // What still comes belongs to what was asked for before.
          this.#ask(tile);
        }
      },
      close: () => {
        if (this.#wanted[tile] === wanted) {
          this.#wanted[tile] = null;
          this.#send({ unsubscribe: tile });
        }
      },
    };
  }

  #connect() {
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#heardAt = local();
    socket.onopen = () => {
      this.#clock.forget();
      this.#isClockKnown = false;
      this.#tick();
      this.#wanted.forEach((wanted, tile) => wanted && this.#ask(tile));
    };
    socket.onmessage = ({ data }) => {
      this.#heardAt = local();
      if (typeof data === 'string') {
        this.#take(JSON.parse(data));
      } else {
        this.#attempt = 0;
        const picture = readPicture(data);
        const wanted = picture && this.#wanted[picture.tile];
        if (wanted?.hasBegun) {
          wanted.listener.picture(picture);
        }
      }
    };
    socket.onclose = () => this.#lost(socket);
  }

  #lost(socket) {
    if (socket !== this.#socket || this.#isEnded) {
      return;
    }
    this.#socket = null;
    this.#onVideo('away', '');
    for (const wanted of this.#wanted) {
      if (wanted) {
        wanted.hasBegun = false;
        wanted.listener.away();
      }
    }
    setTimeout(() => this.#isEnded || this.#connect(), backoffMs(this.#attempt++, Math.random()));
  }

  /** Ends for good: nobody is signed in any more. */
  end() {
    this.#isEnded = true;
    this.#socket?.close();
  }

  #take(message) {
    if (message.clock !== undefined) {
      this.#clock.add(message.clock, local(), message.server);
      this.#isClockKnown = true;
      this.#attempt = 0;
    } else if (message.video !== undefined) {
      this.#onVideo(message.video, message.reason);
    } else {
      const wanted = this.#wanted[message.tile];
      if (!wanted) {
        return;
      }
      if (message.begin !== undefined) {
        // An answer to an earlier wish begins nothing.
        wanted.hasBegun = message.begin === wanted.wish.camera && message.kind === wanted.wish.kind && message.mode === wanted.wish.mode;
        if (wanted.hasBegun) {
          wanted.listener.begin(wanted.wish);
        }
      } else if (message.refused !== undefined) {
        wanted.hasBegun = false;
        wanted.listener.refused(message.refused);
      } else if (wanted.hasBegun && message.codec !== undefined) {
        wanted.listener.codec(message.codec);
      } else if (wanted.hasBegun && message.state !== undefined) {
        wanted.listener.state(message.state, message.reason, message.at);
      }
    }
  }

  #ask(tile) {
    const { camera, kind, mode } = this.#wanted[tile].wish;
    this.#send({ subscribe: camera, tile, kind, mode });
  }

  #send(message) {
    if (this.isOpen) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #tick() {
    if (this.#socket && local() - this.#heardAt > silentMs) {
      const socket = this.#socket;
      this.#lost(socket); // First, for a dead line says so only after a long time.
      socket.close();
      return;
    }
    this.#send({ clock: local() });
  }
}
