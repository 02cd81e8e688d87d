// 查控到期: the courts against the days that are left, the worst first.

import { paintMarks, setFigure, setText } from 'wall-dom';
import { Fit, make, mark, moreText } from 'wall-fit';

const wideFrom = 16;
const rowHeight = 0.36;
const headHeight = 1.62; // Title, heads and the city's row.
const nextHead = 0.5;

export class Panel {
  #host;
  #fit;
  #days;
  #part = null;

  constructor(host) {
    this.#host = host;
    this.#days = [...host.querySelectorAll('thead [data-days]')].map((head) => head.dataset.days);
    this.#fit = new Fit(host, () => this.#draw());
  }

  paint({ controls, city }) {
    paintMarks(this.#host, city.marks);
    if (controls !== this.#part) {
      this.#part = controls;
      this.#draw();
    }
  }

  #draw() {
    const part = this.#part;
    if (!part) {
      return;
    }
    setText(this.#host.querySelector('.counted'), part.counted);
    if (part.courts.length === 0) {
      return; // Nothing was counted yet, and a dash is not a nought.
    }
    const places = this.#days.map((days) => (days === 'lapsed' ? 0 : 1 + part.days.indexOf(Number(days))));
    const isWide = this.#fit.width >= wideFrom;
    this.#host.classList.toggle('wide', isWide);
    this.#drawCity(part.city, places);

    // The nearest day first, then the next one; what lapsed already last, since nothing can be renewed there.
    const order = this.#days.map((days, index) => [days === 'lapsed' ? Infinity : Number(days), places[index]]).sort(([a], [b]) => a - b);
    const isWorse = ([, , , a], [, , , b]) => order.map(([, place]) => b[place] - a[place]).find((difference) => difference !== 0) ?? 0;
    const troubled = part.courts.filter(([, , , counts]) => places.some((place) => counts[place] > 0)).sort(isWorse);
    const rows = troubled.slice(0, this.#fit.rows(rowHeight, headHeight));
    this.#host.querySelector('.rows').replaceChildren(...rows.map((court) => this.#row(court, places)));
    setText(this.#host.querySelector('h2 .more'), moreText(part.texts.more, troubled.length - rows.length));
    this.#drawNext(part, isWide ? this.#fit.rows(rowHeight, nextHead) : this.#fit.rows(rowHeight, headHeight + nextHead + rows.length * rowHeight));
  }

  #drawCity([counts, texts], places) {
    [...this.#host.querySelectorAll('.city td')].forEach((cell, index) => {
      setFigure(cell.querySelector('.value'), texts[places[index]]);
      cell.classList.toggle('zero', counts[places[index]] === 0);
    });
  }

  #row([, name, fullName, counts, texts], places) {
    const row = document.createElement('tr');
    row.append(make('th', '', name, fullName));
    row.firstChild.scope = 'row';
    places.forEach((place, index) => {
      const cell = make('td', counts[place] === 0 ? 'zero' : '', texts[place]);
      cell.dataset.days = this.#days[index];
      if (this.#days[index] === 'lapsed' && counts[place] > 0) {
        cell.prepend(mark('violated'));
      }
      row.append(cell);
    });
    return row;
  }

  #drawNext(part, room) {
    const box = this.#host.querySelector('.next');
    const shown = part.next.slice(0, room);
    box.hidden = room < 2;
    box.querySelector('ol').replaceChildren(...shown.map(([days, inDays, date, court, number, kind, act]) => {
      const row = make('li', days <= 1 ? 'soon' : '', '', [date, court, number, kind, act].filter(Boolean).join(' · '));
      row.append(make('span', 'days', inDays, date), make('span', 'court', court), make('span', 'number', number), make('span', 'kind', kind), make('span', 'act', act));
      if (days <= 1) {
        row.prepend(mark('stale'));
      }
      return row;
    }));
    setText(box.querySelector('.more'), shown.length === 0 ? part.texts.none : '');
  }
}
