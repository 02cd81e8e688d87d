// 待发案款: money that waits, by age, and the cases that wait longest.

import { setAttribute, setFigure, setText } from 'wall-dom';
import { Fit, make, moreText } from 'wall-fit';

const wideFrom = 14;
const rowHeight = 0.36;
const titleHeight = 0.42;
const listHead = 0.44;
const bandsHeight = 1.92;

export class Panel {
  #host;
  #fit;
  #part = null;

  constructor(host) {
    this.#host = host;
    this.#fit = new Fit(host, () => this.#draw());
  }

  paint({ waiting }) {
    this.#part = waiting;
    this.#draw();
  }

  #draw() {
    const part = this.#part;
    if (!part) {
      return;
    }
    setText(this.#host.querySelector('.counted'), part.counted);
    if (!part.known) {
      return; // Nothing was counted yet, and a dash is not a nought.
    }
    const isWide = this.#fit.width >= wideFrom;
    this.#host.classList.toggle('wide', isWide);
    for (const [key, , value, unit, exact, fen, cases] of part.bands) {
      const band = this.#host.querySelector(`[data-band="${key}"]`);
      setFigure(band.querySelector('.value'), value);
      setText(band.querySelector('.unit'), unit);
      setText(band.querySelector('.cases'), cases);
      setAttribute(band, 'title', exact);
      setAttribute(band, 'data-fen', fen);
      band.toggleAttribute('data-empty', Number(fen) === 0);
    }
    const [undated, exactUndated] = part.undated;
    setText(this.#host.querySelector('.undated'), undated ?? '');
    this.#host.toggleAttribute('data-undated', Boolean(undated));
    setAttribute(this.#host.querySelector('.undated'), 'title', exactUndated ?? '');
    const room = this.#fit.rows(rowHeight, isWide ? titleHeight + listHead : bandsHeight + listHead);
    const shown = part.oldest.slice(0, room);
    const list = this.#host.querySelector('.oldest');
    list.hidden = room < 1;
    list.querySelector('ol').replaceChildren(...shown.map(([days, daysText, court, number, value, unit, exact]) => {
      const row = make('li', days > 30 ? 'late' : '', '', [daysText, court, number, exact].filter(Boolean).join(' · '));
      row.append(make('span', 'days', daysText), make('span', 'court', court), make('span', 'number', number), make('span', 'money', `${value} ${unit}`.trim(), exact));
      return row;
    }));
    setText(list.querySelector('.more'), moreText(part.texts.more, part.cases - shown.length));
  }
}
