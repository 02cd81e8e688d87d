// Lists that show as many rows as their panel has room for, and count the others.

import { fill } from 'wall-state';

const smallestText = 0.28; // Of a panel's unit: the font size of every panel is this much of its --u.

/** The room of a panel, in its own unit; draws it anew whenever that changes. */
export class Fit {
  #host;
  #room = null;

  constructor(host, draw) {
    this.#host = host;
    // A scene that was not laid out has no size; it has one when it is shown.
    new ResizeObserver(() => {
      this.#room = null;
      draw();
    }).observe(host);
  }

  get width() {
    return this.#measured.width;
  }

  get height() {
    return this.#measured.height;
  }

  // Once, and not for every frame: to measure is to lay the whole page out.
  get #measured() {
    if (!this.#room) {
      const unit = parseFloat(getComputedStyle(this.#host).fontSize) / smallestText || 1;
      this.#room = { width: this.#host.clientWidth / unit, height: this.#host.clientHeight / unit };
    }
    return this.#room;
  }

  /** How many rows of a height, in units, fit below what stands above them. */
  rows(height, above) {
    return Math.max(0, Math.floor((this.height - above) / height + 0.01));
  }
}

/** An element with a class, a text and perhaps a title. */
export function make(tag, name, text = '', title = '') {
  const element = Object.assign(document.createElement(tag), { className: name, textContent: text });
  if (title) {
    element.title = title;
  }
  return element;
}

/** One of the shapes of the page's sprite. */
export function mark(shape) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const use = document.createElementNS(namespace, 'use');
  svg.setAttribute('class', 'mark');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', '#mark-' + shape);
  svg.append(use);
  return svg;
}

/** 另有 {0} 院, or nothing when all fit. */
export function moreText(template, count) {
  return count > 0 ? fill(template, count.toLocaleString('en-US')) : '';
}
