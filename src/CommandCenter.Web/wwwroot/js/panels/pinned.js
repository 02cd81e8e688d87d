// What directors pinned: at most four cards of a name, a state, up to three figures and a few lines. Cards that do not fit are counted.

import { setFigure, setText } from 'wall-dom';
import { ageText } from 'wall-state';

const cardWidth = 8.6; // In units of the panel: what a card needs to be read from six metres.
const cardHeight = 3.6;
const growMax = 1.9; // Larger letters would only shout.

// Status by shape as well as by colour and word; the shapes are the wall's own.
const shapes = { good: 'live', warn: 'paused', bad: 'violated', quiet: 'unknown', unknown: 'lost' };

export class Panel {
  #host;
  #cards;
  #texts;
  #wallId = document.getElementById('wall').dataset.wall;
  #ages = [];

  constructor(host, { texts }) {
    this.#host = host;
    this.#cards = host.querySelector('.cards');
    this.#texts = texts;
  }

  paint({ pinned }) {
    const all = pinned[this.#wallId] ?? [];
    const shown = all.slice(0, this.#places(all.length));
    this.#ages = [];
    this.#cards.replaceChildren(...shown.map((card) => this.#card(card)));
    this.#host.dataset.source = all.length === 0 ? 'none' : 'live';
    setText(this.#host.querySelector('.more'), shown.length < all.length ? this.#cards.dataset.more.replace('{0}', all.length - shown.length) : '');
  }

  tick(now) {
    for (const [element, at] of this.#ages) {
      setText(element, this.#cards.dataset.ago.replace('{0}', ageText(now - at, this.#texts)));
    }
  }

  // As many columns as are wide enough, as many rows as are high enough; on a desk, where the page scrolls, all of them.
  #places(count) {
    const box = this.#cards.getBoundingClientRect();
    const unit = parseFloat(getComputedStyle(this.#cards).getPropertyValue('font-size')) / 0.34;
    if (getComputedStyle(this.#host).position !== 'absolute' || box.width === 0) {
      this.#cards.style.setProperty('--columns', '1');
      this.#cards.style.setProperty('--grow', '1');
      return count;
    }
    const fit = Math.max(1, Math.floor(box.width / (cardWidth * unit)));
    const rows = Math.max(1, Math.floor(box.height / (cardHeight * unit)));
    const columns = Math.min(fit, Math.max(1, Math.ceil(count / rows)));
    const grow = Math.min(box.width / columns / (cardWidth * unit), box.height / Math.ceil(Math.min(count, fit * rows) / columns) / (cardHeight * unit), growMax);
    this.#cards.style.setProperty('--columns', String(columns));
    this.#cards.style.setProperty('--grow', String(Math.max(1, grow)));
    return fit * rows;
  }

  #card(card) {
    const element = make('article', 'card');
    element.dataset.kind = card.kind;
    element.dataset.state = card.state;
    const head = make('header');
    const state = make('span', 'state');
    state.append(mark(shapes[card.state] ?? 'unknown'), make('span', '', card.word));
    head.append(make('h3', '', card.title), state);
    element.append(head);
    if (card.figures.length > 0) {
      const figures = make('dl', 'figures');
      for (const [label, value, unit] of card.figures) {
        const figure = make('dd');
        const number = make('span', 'value');
        setFigure(number, value);
        figure.append(number, make('span', 'unit', unit));
        figures.append(pair(label, figure));
      }
      element.append(figures);
    }
    const lines = make('dl', 'lines');
    for (const [label, value, unit] of card.lines) {
      lines.append(pair(label, make('dd', '', `${value} ${unit}`.trim())));
    }
    if (card.kind === 'officer' && card.state !== 'unknown') {
      const age = make('dd', '', this.#cards.dataset.never);
      lines.append(pair(this.#cards.dataset.reported, age));
      if (card.reportedAt !== undefined) {
        this.#ages.push([age, card.reportedAt]);
      }
    }
    element.append(lines, make('footer', '', card.by));
    return element;
  }
}

function make(tag, className = '', text = '') {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

function pair(label, value) {
  const element = document.createElement('div');
  element.append(make('dt', '', label), value);
  return element;
}

function mark(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'mark');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#mark-${name}`);
  svg.append(use);
  return svg;
}
