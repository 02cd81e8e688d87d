// The four core indicators as gauges.

import { paintMarks, setAttribute, setFigure, setText, sizeFigure } from 'wall-dom';

const verdicts = { met: 'indicators.met', below: 'indicators.below', nocases: 'indicators.noCases', nosource: 'indicators.noSource' };

export class Panel {
  #host;
  #texts;

  constructor(host, { texts }) {
    this.#host = host;
    this.#texts = texts;
    for (const value of host.querySelectorAll('.value')) {
      sizeFigure(value);
    }
  }

  paint({ city }) {
    for (const [code, text, condition, share] of city.indicators) {
      const tile = this.#host.querySelector(`[data-indicator="${code}"]`);
      setAttribute(tile, 'data-condition', condition);
      setFigure(tile.querySelector('.value'), text);
      setText(tile.querySelector('.word'), this.#texts[verdicts[condition]]);
      setAttribute(tile.querySelector('.share'), 'width', String(Math.round(share * 1000)));
    }
    paintMarks(this.#host, city.marks);
  }
}
