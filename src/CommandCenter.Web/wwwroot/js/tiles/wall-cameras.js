// The cameras of the officers on a wall: which officer has one, and his picture in his tile. Of the past there are no pictures.

import { keyOf } from 'officer-tile';
import { TileFeed } from 'tiles/feed';
import { followList } from 'tiles/list';
import { LivePicture } from 'tiles/live';
import { fill, lineText, reasonText } from 'tiles/words';

const none = { kind: 'none' };
const english = document.documentElement.lang.startsWith('en');

// One connection for the page, begun with the first camera, whichever panel shows it.
let feed = null;

class WallPicture {
  #place;
  #plain;
  #texts;
  #live = null;
  #camera = '';
  #video = null;
  #said = null;

  constructor(place, texts) {
    this.#place = place;
    this.#plain = place.firstElementChild;
    this.#texts = texts;
  }

  show(source, isSeen) {
    const wanted = isSeen && source.kind === 'camera' && !source.off ? source.camera.id : '';
    if (wanted !== this.#camera) {
      this.#live?.close();
      this.#live = null;
      this.#camera = wanted;
      if (wanted) {
        feed ??= new TileFeed(() => {});
        this.#make();
        this.#live = new LivePicture(feed, this.#video, { camera: wanted, kind: 'sub', mode: 'all' }, () => this.#say());
      }
    }
    this.#plain.hidden = source.kind === 'camera';
    if (this.#said) {
      this.#said.hidden = source.kind !== 'camera';
    }
    if (source.kind === 'camera' && !this.#live) {
      this.#make();
      this.#video.hidden = true;
      this.#write('off', [this.#texts.off, reasonText(source.off, this.#texts)].filter(Boolean).join(' · '));
    } else if (this.#live) {
      this.#say();
    }
  }

  #make() {
    if (this.#video) {
      return;
    }
    this.#video = document.createElement('video');
    this.#video.muted = this.#video.autoplay = this.#video.playsInline = true;
    this.#video.setAttribute('aria-hidden', 'true');
    this.#said = document.createElement('span');
    this.#said.className = 'live-word';
    this.#place.append(this.#video, this.#said);
  }

  #say() {
    const { state, latency } = this.#live;
    this.#video.hidden = state.word !== 'live' && state.word !== 'stalled';
    const line = state.word === 'live' ? (latency ? fill(this.#texts['latency.short'], latency.ms) : '') : lineText(state, null, feed.serverNow(), this.#texts);
    this.#place.dataset.latency = latency ? String(latency.ms) : '';
    this.#write(state.word, [this.#texts[state.word], line, state.word === 'live' ? '' : reasonText(state.reason, this.#texts)].filter(Boolean).join(' · '));
  }

  #write(word, text) {
    this.#place.dataset.video = word;
    if (this.#said.textContent !== text) {
      this.#said.textContent = text;
    }
  }
}

export class Cameras {
  #texts;
  #byOfficer = new Map();
  #off = '';

  /** @param {boolean} isLive Whether the page shows now, and not a moment of the past. */
  constructor(texts, isLive, onChange) {
    this.#texts = texts;
    if (isLive) {
      followList(english ? '?lang=en' : '', ({ video, reason, cameras }) => {
        this.#off = video === 'off' ? reason : '';
        this.#byOfficer = new Map(cameras.toReversed().map((camera) => [keyOf(camera.courtName, camera.officer), camera])); // Of several the first of the list.
        onChange();
      }, () => {});
    }
  }

  /** Where the picture of an officer comes from. */
  sourceOf(officer) {
    const camera = officer && this.#byOfficer.get(officer.key);
    return camera ? { kind: 'camera', camera, off: this.#off } : none;
  }

  tile(place) {
    return new WallPicture(place, this.#texts);
  }
}
