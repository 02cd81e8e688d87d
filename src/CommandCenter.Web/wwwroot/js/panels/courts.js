// One row for each court, in the order of trouble. Rows stand still and are painted by index.

import { paintFigure, paintMark, setAttribute, setFigure, setText, sizeFigure } from 'wall-dom';
import { linePath } from 'wall-state';

const marked = ['received', 'closed', 'pending', 'in', 'out', 'overdue'];

export class Panel {
  #host;
  #wall;
  #rows;
  #cells;
  #trends = [];

  constructor(host, wall) {
    this.#host = host;
    this.#wall = wall;
    this.#rows = [...host.querySelectorAll('[data-court]')];
    this.#cells = this.#rows.map((row) => {
      const [name, received, closed, pending, trend, moneyIn, moneyOut, overdue] = row.children;
      return { name, received, closed, pending, path: trend.querySelector('path'), in: moneyIn, out: moneyOut, overdue };
    });
    for (const cell of host.querySelectorAll('tbody td:not(.trend)')) {
      sizeFigure(cell);
    }
  }

  paint({ city, trend }) {
    if (this.#rows.length !== city.courts.length) {
      this.#wall.renew(); // The court tree changed: another layout, which the server draws.
      return;
    }
    for (const title of this.#host.querySelectorAll('thead .title')) {
      setText(title, city.courtsTitle);
    }
    city.courts.forEach((court, index) => this.#paintRow(court, index, city.marks, trend));
  }

  #paintRow([mark, name, fullName, condition, received, closed, pending, moneyIn, moneyOut, overdue], index, marks, trend) {
    const cells = this.#cells[index];
    setAttribute(this.#rows[index], 'data-court', mark);
    setAttribute(this.#rows[index], 'data-condition', condition);
    setText(cells.name, name);
    setAttribute(cells.name, 'title', fullName);
    setFigure(cells.received.lastElementChild, received, cells.received);
    setFigure(cells.closed.lastElementChild, closed, cells.closed);
    setFigure(cells.pending.lastElementChild, pending, cells.pending);
    paintFigure(cells.in, moneyIn, cells.in.lastElementChild, null, cells.in);
    paintFigure(cells.out, moneyOut, cells.out.lastElementChild, null, cells.out);
    setFigure(cells.overdue.lastElementChild, overdue, cells.overdue);
    for (const figure of marked) {
      paintMark(cells[figure].firstElementChild, marks, `${mark}/${figure}`);
    }
    if (this.#trends[index] !== trend[mark]) {
      this.#trends[index] = trend[mark];
      cells.path.setAttribute('d', linePath(trend[mark] ?? [], 290, 100, 10));
    }
  }
}
