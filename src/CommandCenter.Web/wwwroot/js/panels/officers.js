// A grid of officers' tiles. Who sits where and in which state is decided in officer-tile.js; the pictures are those of the page of cameras.

import { setAttribute, setText } from 'wall-dom';
import { fill } from 'wall-state';
import { officerOf, seat, shortAge, tileOf } from 'officer-tile';
import { Cameras } from 'tiles/wall-cameras';

const marks = { live: '#mark-live', stalled: '#mark-stale', lost: '#mark-lost', off: '#mark-unknown', empty: '#mark-unknown' };

class Tile {
  #element;
  #use;
  #age;
  #picture;
  #id;
  #court;
  #report;
  #call;
  #shown;

  constructor(element, cameras) {
    this.#element = element;
    this.#use = element.querySelector('use');
    this.#age = element.querySelector('.age');
    this.#picture = element.querySelector('.picture');
    this.#id = element.querySelector('.id');
    [this.#court, this.#report] = element.querySelector('.court').children;
    this.#call = element.querySelector('.call time');
    this.#shown = cameras.tile(this.#picture);
  }

  show({ state, picture, id, court, report, ageMs, callMs }, ago, texts) {
    setAttribute(this.#element, 'data-state', state);
    setAttribute(this.#element, 'data-call', String(callMs !== null));
    setAttribute(this.#use, 'href', marks[state]);
    setAttribute(this.#picture, 'data-picture', picture);
    setText(this.#id, id);
    setText(this.#court, court);
    setText(this.#report, report);
    const short = (ms) => shortAge(ms).map((part, index) => (index === 0 ? part : texts[part])).join(' ');
    setText(this.#age, ageMs === null ? '' : fill(ago, short(ageMs)));
    setText(this.#call, callMs === null ? '' : short(callMs));
  }

  /** The picture of whom the tile shows; `isSeen` false lets it go. */
  picture(source, isSeen) {
    this.#shown.show(source, isSeen);
  }
}

export class Panel {
  #host;
  #texts;
  #serverNow;
  #tiles;
  #cameras;
  #seats;
  #ago;
  #counts;
  #more;
  #nobody;
  #officers = [];
  #tickedAt = 0;

  constructor(host, { texts, serverNow, isLive = false }) {
    this.#host = host;
    this.#texts = texts;
    this.#serverNow = serverNow;
    const grid = host.querySelector('.grid');
    this.#cameras = new Cameras(JSON.parse(grid.dataset.cameraTexts), isLive, () => this.#show(this.#tickedAt || this.#serverNow()));
    this.#tiles = [...host.querySelectorAll('.officer')].map((element) => new Tile(element, this.#cameras));
    this.#seats = this.#tiles.map(() => null);
    this.#ago = grid.dataset.ago;
    this.#counts = [...host.querySelectorAll('[data-count]')];
    this.#more = host.querySelector('.more');
    this.#nobody = host.querySelector('.nobody');
  }

  paint({ officers: { counts, shown } }) {
    const now = this.#tickedAt || this.#serverNow();
    this.#officers = shown.map(officerOf);
    this.#seats = seat(this.#seats, this.#officers, now);
    for (const element of this.#counts) {
      setText(element, counts[element.dataset.count].toLocaleString('en-US'));
    }
    const onDuty = counts.live + counts.stalled + counts.lost;
    const unseen = onDuty - this.#officers.filter((officer) => officer.state !== 'off' && this.#seats.includes(officer.key)).length;
    this.#more.hidden = unseen <= 0;
    setText(this.#more, fill(this.#more.dataset.more, unseen.toLocaleString('en-US')));
    this.#nobody.hidden = shown.length > 0;
    this.#show(now);
  }

  tick(now) {
    // Ages count in seconds; four times a second would only be four times the work.
    if (Math.floor(now / 1000) !== Math.floor(this.#tickedAt / 1000)) {
      this.#tickedAt = now;
      this.#show(now);
    }
  }

  #show(now) {
    const byKey = new Map(this.#officers.map((officer) => [officer.key, officer]));
    const isSeen = this.#host.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    this.#tiles.forEach((tile, index) => {
      const officer = byKey.get(this.#seats[index]) ?? null;
      const source = this.#cameras.sourceOf(officer);
      tile.show(tileOf(officer, source, now), this.#ago, this.#texts);
      tile.picture(source, isSeen && officer !== null);
    });
  }
}
