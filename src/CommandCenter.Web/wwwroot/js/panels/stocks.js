// Terminal stock and cases beyond their limit.

import { paintFigure, paintMarks, sizeFigure } from 'wall-dom';

export class Panel {
  #host;

  constructor(host) {
    this.#host = host;
    for (const value of host.querySelectorAll('.value')) {
      sizeFigure(value);
    }
  }

  paint({ city }) {
    for (const element of this.#host.querySelectorAll('[data-figure]')) {
      paintFigure(element, city.totals[element.dataset.figure], element.firstElementChild, element.lastElementChild);
    }
    paintMarks(this.#host, city.marks);
  }
}
