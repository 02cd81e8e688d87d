// Money in and out of 24 hours in five-minute steps: in above the line, out below it, so that position tells them apart
// before colour does. One canvas, no animation, one option call a change.

import { paintMarks, setText } from 'wall-dom';
import { clockText, fill, fundsWith, moneyUnit } from 'wall-state';

const stepMs = 5 * 60 * 1000;

/** The open window grows with every payment. Drawing 576 bars for each of them costs more than anything else on the wall, and no eye sees it. */
const drawGapMs = 900; // Every second frame.

export class Panel {
  #panel;
  #host;
  #texts;
  #english;
  #unit;
  #chart;
  #funds;
  #width = 0;
  #colours;
  #drawnAt = -Infinity;
  #isDue = false;

  constructor(host, { texts, english }) {
    this.#panel = host;
    this.#host = host.querySelector('.chart');
    this.#texts = texts;
    this.#english = english;
    if (!globalThis.echarts) {
      this.#host.textContent = texts['chart.missing'];
      return;
    }
    this.#chart = globalThis.echarts.init(this.#host, null, { renderer: 'canvas' });
    // In the next frame: a layout within the observation is an error of the page, and pages with errors are loaded anew.
    new ResizeObserver(() => requestAnimationFrame(() => this.#layOut())).observe(this.#host);
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => this.#layOut()); // Its colours are the page's.
  }

  paint({ city, funds, fundsNow }) {
    paintMarks(this.#panel, city.marks);
    if (!this.#chart || funds.in.length === 0) {
      return;
    }
    const before = this.#funds && { from: this.#funds.from, unit: this.#unit.key, isEmpty: this.#peak() === 0 };
    this.#funds = fundsWith(funds, fundsNow);
    this.#chooseUnit();
    if (!before || before.from !== this.#funds.from || before.unit !== this.#unit.key || before.isEmpty !== (this.#peak() === 0) || this.#width === 0) {
      this.#layOut();
      return;
    }
    this.#isDue = true;
    this.#draw(drawGapMs);
  }

  /** The last payment before a quiet while. Usually the next frame draws, for a picture of its own costs as much as one of everything. */
  tick() {
    this.#draw(2 * drawGapMs);
  }

  #draw(gapMs) {
    const now = performance.now();
    if (this.#isDue && now - this.#drawnAt >= gapMs) {
      this.#isDue = false;
      this.#drawnAt = now;
      this.#chart.setOption({ series: this.#series() });
    }
  }

  #chooseUnit() {
    this.#unit = moneyUnit(this.#peak(), this.#english);
    setText(this.#panel.querySelector('figcaption .unit'), fill(this.#texts['chart.unit'], this.#texts[this.#unit.key]));
  }

  #peak() {
    return Math.max(...this.#funds.in.map(Math.abs), ...this.#funds.out.map(Math.abs));
  }

  #layOut() {
    if (!this.#funds) {
      return;
    }
    this.#width = this.#host.clientWidth;
    this.#chart.resize();
    const style = getComputedStyle(this.#host);
    const px = parseFloat(style.getPropertyValue('font-size')); // The smallest text of the wall, at this scale.
    this.#colours = { in: style.getPropertyValue('--in').trim(), out: style.getPropertyValue('--out').trim() };
    const ink = style.getPropertyValue('--ink-2').trim();
    const line = style.getPropertyValue('--line').trim();
    const isEmpty = this.#peak() === 0;
    const label = { color: ink, fontSize: px, fontFamily: style.fontFamily };
    this.#chart.setOption({
      animation: false,
      aria: { enabled: false },
      grid: { left: px * 2.6, right: px * 1.4, top: px * 0.5, bottom: px * 1.7 },
      xAxis: {
        type: 'category',
        data: this.#funds.in.map((_, index) => clockText(this.#funds.from + index * stepMs).slice(0, 5)),
        axisLine: { show: true, lineStyle: { color: line }, onZero: false },
        axisTick: { show: false },
        axisLabel: { ...label, margin: px * 0.5, interval: (_, text) => /^(00|04|08|12|16|20):00$/.test(text) },
        splitLine: { show: false },
      },
      yAxis: {
        type: 'value',
        splitNumber: 4,
        // A day without money has no scale: one line at 0, and no other number.
        max: isEmpty ? 1 : null,
        interval: isEmpty ? 1 : null,
        axisLabel: { ...label, margin: px * 0.4, formatter: (value) => (isEmpty && value !== 0 ? '' : Math.abs(value).toLocaleString('en-US')) },
        splitLine: { lineStyle: { color: line, width: Math.max(1, px / 27) } },
      },
      series: this.#series(),
    });
  }

  #series() {
    const bar = (name, fen, sign) => ({
      id: name,
      type: 'bar',
      stack: 'flow',
      silent: true,
      barCategoryGap: '12%',
      itemStyle: { color: this.#colours[name] },
      data: fen.map((value) => (sign * value) / this.#unit.fen),
    });
    return [bar('in', this.#funds.in, 1), bar('out', this.#funds.out, -1)];
  }
}
