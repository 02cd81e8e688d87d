// 预警: the alarms that stand, by tier, the newest first, with how long each has stood.

import { setText } from 'wall-dom';
import { Fit, make, mark, moreText } from 'wall-fit';
import { ageText, clockText } from 'wall-state';

const wideFrom = 14;
const rowHeight = 0.36;
const headHeight = 0.46;
const columnHeads = 0.36;
const shapes = { red: 'violated', orange: 'stale', yellow: 'live' };
const dayMs = 24 * 3600 * 1000;

export class Panel {
  #host;
  #fit;
  #texts;
  #part = null;
  #ages = [];
  #now = 0;

  constructor(host, { texts, serverNow }) {
    this.#host = host;
    this.#texts = texts;
    this.#now = serverNow();
    this.#fit = new Fit(host, () => this.#draw());
  }

  paint({ alarms }) {
    this.#part = alarms;
    this.#draw();
  }

  tick(now) {
    this.#now = now;
    for (const { cell, since, isWide } of this.#ages) {
      setText(cell, this.#sinceText(since, isWide));
    }
  }

  // In a narrow panel the hour at which it was raised, which never needs more room; a day and more as an age.
  #sinceText(since, isWide) {
    const age = this.#now - since;
    return isWide || age >= dayMs ? ageText(age, this.#texts) : clockText(since).slice(0, 5);
  }

  #draw() {
    const part = this.#part;
    if (!part) {
      return;
    }
    for (const [tier, count] of part.tiers) {
      const box = this.#host.querySelector(`h2 [data-tier="${tier}"]`);
      setText(box.querySelector('b'), count);
      box.classList.toggle('zero', count === '0');
      box.classList.toggle('unknown', !part.known);
    }
    const isWide = this.#fit.width >= wideFrom;
    this.#host.classList.toggle('wide', isWide);
    const shown = part.alarms.slice(0, this.#fit.rows(rowHeight, headHeight + (isWide ? columnHeads : 0)));
    this.#ages = [];
    this.#host.querySelector('.rows').replaceChildren(...shown.map((alarm) => this.#row(alarm, isWide)));
    setText(this.#host.querySelector('.more'), moreText(part.texts.more, part.all - shown.length));
    setText(this.#host.querySelector('.none'), part.all > 0 ? '' : part.known ? part.texts.none : part.texts.counting);
    this.#host.querySelector('table').hidden = part.all === 0;
  }

  #row([code, tier, tierWord, text, detail, court, courts, since, owner], isWide) {
    const row = document.createElement('tr');
    row.dataset.code = code;
    row.dataset.tier = tier;
    row.title = `${code} · ${courts} · ${detail}`;
    const first = make('td', 'tier');
    first.append(mark(shapes[tier]), make('span', '', tierWord));
    const age = make('td', 'since', this.#sinceText(since, isWide));
    this.#ages.push({ cell: age, since, isWide });
    row.append(first, make('td', 'court', court), make('td', 'text', text), make('td', 'detail', detail), age, make('td', 'owner', owner));
    return row;
  }
}
