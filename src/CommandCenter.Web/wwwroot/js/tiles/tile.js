// One tile of the page of cameras: an officer, his picture, and what can be said of it.

import { LivePicture } from 'tiles/live';
import { dutyText, fill, lineText, reasonText } from 'tiles/words';

const svgSpace = 'http://www.w3.org/2000/svg';

function make(name, className, ...children) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
}

function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export class Tile {
  #texts;
  #feed;
  #live = null;
  #use = document.createElementNS(svgSpace, 'use');
  #video = document.createElement('video');
  #word = make('span', 'word');
  #call = make('strong', 'sos');
  #line = make('span', 'latency');
  #why = make('span', 'why');
  #officer = make('b', 'officer-id');
  #court = make('span', 'court');
  #duty = make('span', 'duty');
  #stream = make('span', 'stream');

  constructor(id, feed, texts) {
    this.id = id;
    this.camera = null;
    this.#feed = feed;
    this.#texts = texts;
    this.#video.muted = true;
    this.#video.autoplay = true;
    this.#video.playsInline = true;
    this.#video.disablePictureInPicture = true;
    this.#video.setAttribute('aria-hidden', 'true'); // The button says whose picture it is.
    this.#video.tabIndex = -1;
    const mark = document.createElementNS(svgSpace, 'svg');
    mark.setAttribute('class', 'mark');
    mark.setAttribute('aria-hidden', 'true');
    mark.append(this.#use);
    this.button = make(
      'button', 'tile',
      make('span', 'picture', this.#video, this.#why),
      make('span', 'state', mark, this.#word, this.#call, this.#line),
      make('span', 'who', this.#officer, this.#court, this.#duty, this.#stream),
    );
    this.button.type = 'button';
    this.element = make('li', '', this.button);
    this.element.dataset.camera = id;
  }

  /** The picture, when the tile has one. */
  get live() {
    return this.#live;
  }

  /** What the server says about the camera. */
  take(camera) {
    this.camera = camera;
    write(this.#officer, camera.officer);
    write(this.#court, camera.courtName);
    write(this.#call, camera.callingSince ? this.#texts.sos : '');
    this.element.dataset.call = String(Boolean(camera.callingSince));
    write(this.#duty, dutyText(camera, this.#texts));
    this.#duty.title = camera.errand?.case ?? '';
    this.element.dataset.arrived = String(Boolean(camera.errand?.arrivedAt));
    this.button.title = camera.name;
  }

  /** Begins the picture or ends it: what nobody sees is not asked for. */
  show(isSeen, wish) {
    if (isSeen && !this.#live) {
      this.#live = new LivePicture(this.#feed, this.#video, wish, () => this.paint());
    } else if (!isSeen && this.#live) {
      this.#live.close();
      this.#live = null;
    } else if (isSeen) {
      this.#live.change(wish);
    }
  }

  paint(isFocused = this.element.dataset.focused === 'true') {
    const state = this.#live?.state ?? { word: this.camera?.state ?? 'connecting', reason: this.camera?.reason ?? '', at: null };
    const words = this.#texts[state.word];
    this.element.dataset.state = state.word;
    this.element.dataset.focused = String(isFocused);
    const latency = this.#live?.latency ?? null;
    this.element.dataset.latency = latency ? String(latency.ms) : '';
    this.#use.setAttribute('href', `#tile-${state.word}`);
    write(this.#word, words);
    write(this.#line, lineText(state, latency, this.#feed.serverNow(), this.#texts));
    write(this.#why, state.word === 'live' ? '' : [words, reasonText(state.reason, this.#texts)].filter(Boolean).join(' · '));
    const wish = this.#live?.wish;
    write(this.#stream, wish?.mode === 'keys' ? this.#texts.keys : wish?.kind === 'main' ? this.#texts.main : '');
    this.button.setAttribute('aria-pressed', String(isFocused));
    this.button.setAttribute('aria-description', fill(this.#texts[isFocused ? 'reduce' : 'enlarge'], this.camera?.officer ?? '')); // Its name is what it shows.
  }

  close() {
    this.show(false);
    this.element.remove();
  }
}
