// 收 结 存 and money of today, this month and this year, each against the same time last year.

import { paintFigure, paintMarks, setAttribute, setText, sizeFigure } from 'wall-dom';

export class Panel {
  #host;
  #none;

  constructor(host, { texts }) {
    this.#host = host;
    this.#none = texts['compared.none'];
    for (const value of host.querySelectorAll('.value')) {
      sizeFigure(value);
    }
  }

  paint({ city }) {
    for (const element of this.#host.querySelectorAll('[data-figure]')) {
      const figure = city.totals[element.dataset.figure];
      paintFigure(element, figure, element.firstElementChild, Array.isArray(figure) ? element.querySelector('.unit') : null);
    }
    for (const element of this.#host.querySelectorAll('[data-compared]')) {
      const [text, title, direction] = city.compared[element.dataset.compared] ?? ['', this.#none, 'none'];
      setText(element, text);
      setAttribute(element, 'title', title);
      setAttribute(element, 'data-direction', direction);
    }
    paintMarks(this.#host, city.marks);
    let isCompared = false;
    for (const beside of this.#host.querySelectorAll('.beside')) {
      const hasComparison = beside.querySelector('.compared').dataset.direction !== 'none';
      setAttribute(beside, 'data-second', beside.querySelector('.recount').dataset.mark !== 'proved' ? 'mark' : hasComparison ? 'comparison' : 'none');
      isCompared ||= hasComparison && beside.querySelector('[data-compared]') !== null;
    }
    this.#host.querySelector('.note').hidden = !isCompared;
  }
}
