// The districts shaded by one figure, and the officers on them. Shades, words and officers are layers of their own: an officer who
// moves changes one transform, a figure that changes one text and perhaps one shade.

import { setAttribute, setText } from 'wall-dom';
import { fill } from 'wall-state';
import { hasJustArrived, officerOf, stateAt } from 'officer-tile';

const svg = 'http://www.w3.org/2000/svg';
const shapes = {
  live: 'M-6 0A6 6 0 1 1 6 0A6 6 0 1 1 -6 0Z',
  stalled: 'M0-9 9 0 0 9-9 0Z',
  lost: 'M-7-7 7 7M7-7-7 7',
  off: 'M-6 0H6',
};

const targetShape = 'M-8-8H8V8H-8Z';

function make(name) {
  const mark = document.createElementNS(svg, 'path');
  mark.setAttribute('class', name);
  return mark;
}

/** One picture of the map: where it lies on the map, and the marks of the officers in it. */
class Picture {
  #layer;
  #scale;
  #left;
  #top;
  #width;
  #height;
  #marks = new Map();
  #targets = new Map();
  #rest = new Map();

  constructor(element) {
    this.#layer = element.querySelector('.dots');
    [this.#scale, this.#left, this.#top] = element.dataset.origin.split(' ').map(Number);
    const { width, height } = this.#layer.viewBox.baseVal;
    this.#width = width;
    this.#height = height;
  }

  #placeOf({ x, y }) {
    return [(x - this.#left) * this.#scale, (y - this.#top) * this.#scale];
  }

  holds(officer) {
    const [left, top] = this.#placeOf(officer);
    return left >= 0 && top >= 0 && left <= this.#width && top <= this.#height;
  }

  /** Puts officers where they are, and below them the places to which they are on their way. */
  show(officers) {
    const sent = officers.filter(({ errand }) => errand && errand.arrivedAtMs === null).map(({ key, errand }) => ({ key, ...errand }));
    this.#put(this.#targets, sent, () => {
      const target = make('target');
      target.setAttribute('d', targetShape);
      this.#layer.prepend(target);
      return target;
    });
    this.#put(this.#marks, officers, () => {
      const mark = make('dot');
      this.#layer.append(mark);
      return mark;
    });
  }

  /** Puts those whom nobody knows one by one where they are, a path of points for each state; places are in tenths. */
  showRest(rest, isElsewhere) {
    for (const state of Object.keys(shapes)) {
      const points = [];
      const places = rest[state] ?? [];
      for (let i = 0; i < places.length; i += 2) {
        const place = { x: places[i] / 10, y: places[i + 1] / 10 };
        if (this.holds(place) && !isElsewhere(place)) {
          const [left, top] = this.#placeOf(place);
          points.push(`M${left.toFixed(1)} ${top.toFixed(1)}h0`);
        }
      }
      if (points.length > 0 && !this.#rest.has(state)) {
        const path = make('rest');
        path.dataset.state = state;
        this.#layer.prepend(path);
        this.#rest.set(state, path);
      }
      if (this.#rest.has(state)) {
        setAttribute(this.#rest.get(state), 'd', points.join(''));
      }
    }
  }

  #put(marks, places, add) {
    const gone = new Set(marks.keys());
    for (const place of places.filter((one) => this.holds(one))) {
      const [left, top] = this.#placeOf(place);
      gone.delete(place.key);
      if (!marks.has(place.key)) {
        marks.set(place.key, add());
      }
      setAttribute(marks.get(place.key), 'transform', `translate(${left.toFixed(1)} ${top.toFixed(1)})`);
    }
    for (const key of gone) {
      marks.get(key).remove();
      marks.delete(key);
    }
  }

  setState(key, state, isCalling, hasArrived) {
    const mark = this.#marks.get(key);
    if (mark) {
      setAttribute(mark, 'data-call', String(isCalling));
      setAttribute(mark, 'data-arrived', String(hasArrived));
    }
    if (mark && mark.dataset.state !== state) {
      mark.dataset.state = state;
      mark.setAttribute('d', shapes[state]);
    }
  }
}

export class Panel {
  #host;
  #figure;
  #districts = [];
  #labels = [];
  #legend;
  #pictures;
  #counts;
  #more;
  #painted = {};
  #officers = [];
  #tickedAt = 0;

  constructor(host) {
    this.#host = host;
    this.#figure = host.querySelector('.pictures').dataset.shadedBy;
    for (const element of host.querySelectorAll('[data-district]')) {
      (this.#districts[Number(element.dataset.district)] ??= []).push(element);
    }
    for (const element of host.querySelectorAll('[data-label]')) {
      this.#labels[Number(element.dataset.label)] = element;
    }
    this.#legend = [...host.querySelectorAll('.legend [data-shade]')];
    this.#pictures = [...host.querySelectorAll('.picture')].map((element) => new Picture(element));
    this.#counts = [...host.querySelectorAll('[data-count]')];
    this.#more = host.querySelector('.more');
  }

  paint({ districts, officers }) {
    if (this.#painted.districts !== districts) {
      this.#painted.districts = districts;
      this.#paintDistricts(districts);
    }
    if (this.#painted.officers !== officers) {
      this.#painted.officers = officers;
      this.#paintOfficers(officers);
    }
  }

  tick(now) {
    if (Math.abs(now - this.#tickedAt) >= 1000) {
      this.#tickedAt = now;
      this.#paintStates(now);
    }
  }

  #paintDistricts({ stopped, figures }) {
    const { breaks, values } = figures[this.#figure];
    values.forEach(([text, shade], index) => {
      for (const element of this.#districts[index] ?? []) {
        setAttribute(element, 'data-shade', shade ?? 'none');
      }
      const label = this.#labels[index];
      if (label) {
        setText(label.lastElementChild, text);
        setAttribute(label, 'data-stopped', stopped.includes(index));
      }
    });
    this.#paintLegend(breaks, values);
    setAttribute(this.#host, 'data-source', values.every(([, shade]) => shade === null) ? 'none' : 'figures');
  }

  #paintLegend(breaks, values) {
    const has = (shade) => values.some(([, found]) => found === shade);
    for (const item of this.#legend) {
      if (item.dataset.shade === 'none') {
        item.hidden = !has(null) || values.every(([, found]) => found === null);
        continue;
      }
      const shade = Number(item.dataset.shade);
      item.hidden = shade === 0 ? !has(0) : shade > breaks.length + 1 || !values.some(([, found]) => found > 0);
      setText(item, shade === 0 ? '0' : shade <= breaks.length ? `≤ ${breaks[shade - 1]}` : `> ${breaks.at(-1) ?? 0}`);
    }
  }

  #paintOfficers({ counts, shown, rest = {} }) {
    for (const element of this.#counts) {
      const { count } = element.dataset;
      setText(element, (count === 'onDuty' ? counts.live + counts.stalled + counts.lost : counts[count]).toLocaleString('en-US'));
    }
    this.#officers = shown.map(officerOf).filter((officer) => officer.state !== 'off' || officer.callingSinceMs !== null);
    const placed = this.#officers.filter((officer) => officer.x !== null);
    const [city, centre, islands] = this.#pictures;
    city.show(placed);
    centre.show(placed);
    const isMainland = (place) => city.holds(place); // Beside the islands it is there for orientation.
    islands.show(placed.filter((officer) => !isMainland(officer)));
    city.showRest(rest, () => false);
    centre.showRest(rest, () => false);
    islands.showRest(rest, isMainland);
    const unnamed = Object.values(rest).reduce((sum, places) => sum + places.length / 2, 0);
    const unseen = counts.live + counts.stalled + counts.lost - placed.length - unnamed;
    this.#more.hidden = unseen <= 0;
    setText(this.#more, fill(this.#more.dataset.more, unseen.toLocaleString('en-US')));
    this.#paintStates(this.#tickedAt);
  }

  #paintStates(now) {
    for (const officer of this.#officers) {
      const { key, state, reportedAtMs, callingSinceMs } = officer;
      const shown = stateAt(state, reportedAtMs, now);
      for (const picture of this.#pictures) {
        picture.setState(key, shown, callingSinceMs !== null, hasJustArrived(officer, now));
      }
    }
  }
}
