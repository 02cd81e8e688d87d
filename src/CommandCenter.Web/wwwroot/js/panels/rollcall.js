// 点名: one place for each court; a full disc is here, a cross is nobody, and a ring is not known.

import { paintMarks, setText } from 'wall-dom';
import { Fit, make, mark } from 'wall-fit';

const shapes = { here: 'live', nobody: 'lost', unknown: 'unknown', nosource: 'unknown' };
const headHeight = 0.44;
const detailFrom = 0.95; // With this height, in units, a place says how many are here and what it was at the roll-call.
const columnCounts = [3, 4, 5, 6, 8, 11];
const widthMin = { zh: 1.42, en: 1.78 }; // Of a name at the smallest text.
const detailWidthMin = { zh: 3, en: 3.6 }; // Of a place that says more.

export class Panel {
  #host;
  #fit;
  #list;
  #calls;
  #widthMin;
  #detailWidthMin;
  #part = null;

  constructor(host, { english }) {
    this.#host = host;
    this.#widthMin = english ? widthMin.en : widthMin.zh;
    this.#detailWidthMin = english ? detailWidthMin.en : detailWidthMin.zh;
    this.#list = host.querySelector('ol');
    this.#calls = this.#list.dataset.calls.split(' ').filter(Boolean);
    this.#fit = new Fit(host, () => this.#draw());
  }

  paint({ rollcall, city }) {
    paintMarks(this.#host, city.marks);
    if (rollcall !== this.#part) {
      this.#part = rollcall;
      this.#draw();
    }
  }

  #draw() {
    const part = this.#part;
    if (!part) {
      return;
    }
    const called = part.calls.filter(([hour]) => this.#calls.length === 0 || this.#calls.includes(hour)).at(-1) ?? null;
    setText(this.#host.querySelector('.present b'), part.now);
    const call = this.#host.querySelector('.call');
    call.hidden = called === null;
    setText(call, called ? [called[1], called[2]].filter(Boolean).join(' · ') : '');
    setText(this.#host.querySelector('.upcoming'), [part.note, part.next].filter(Boolean).join(' · '));

    // As few columns as the height allows: the fewer, the wider each place.
    const count = part.courts.length;
    const room = this.#fit.height - headHeight;
    const possible = columnCounts.filter((columns) => columns * this.#widthMin <= this.#fit.width);
    const detailed = possible.find((candidate) => candidate * this.#detailWidthMin <= this.#fit.width && room / Math.ceil(count / candidate) >= detailFrom + 0.5);
    const columns = detailed
      ?? possible.findLast((candidate) => room / Math.ceil(count / candidate) >= 0.28) ?? possible.at(-1) ?? 3;
    const rows = Math.ceil(count / columns);
    this.#host.classList.toggle('large', detailed !== undefined);
    this.#list.style.setProperty('--columns', columns);
    this.#list.style.setProperty('--rows', rows);
    this.#list.replaceChildren(...part.courts.map((court, index) => this.#place(court, called, index)));
  }

  #place([courtMark, name, fullName, state, word, people, located], called, index) {
    const place = make('li', '', '', [fullName, word, people, located, called ? `${called[0]} ${called[3][2 * index + 1]}` : ''].filter(Boolean).join(' · '));
    place.dataset.court = courtMark;
    place.dataset.state = state;
    const head = make('p', 'name');
    head.append(mark(shapes[state]), make('span', '', name));
    const answering = make('p', 'people');
    answering.append(make('b', '', people || word), make('span', '', located));
    place.append(head, answering);
    if (called) {
      const answer = make('p', 'at', '');
      answer.dataset.state = called[3][2 * index];
      answer.append(mark(shapes[called[3][2 * index]]), make('span', '', `${called[0]} ${called[3][2 * index + 1]}`));
      place.append(answer);
    }
    return place;
  }
}
