// "What changed since": a sheet over a wall of the past, with what stood there at two moments, what is known better by now, and what happened
// in between.

import { setAttribute, setText } from 'wall-dom';
import { make } from 'wall-fit';
import { changeRows, correctionRows, courtsByChange, isoText, stampText, windowOf } from 'wall-replay';

const $ = (id) => document.getElementById(id);
const hourMs = 3600000;
const dayMs = 24 * hourMs;

export class ChangesSheet {
  #texts;
  #english;
  #moment;
  #present;
  #moved;
  #sheet = $('replay-changes');

  /**
   * @param texts of the page.
   * @param english whether it is English.
   * @param moment the moment that the wall shows.
   * @param present what time it is.
   * @param moved told when the sheet was opened or closed, which the address says too.
   */
  constructor({ texts, english, moment, present, moved }) {
    this.#texts = texts;
    this.#english = english;
    this.#moment = moment;
    this.#present = present;
    this.#moved = moved;
    $('replay-open').addEventListener('click', () => this.show(!this.isOpen));
    $('replay-close').addEventListener('click', () => this.show(false));
    $('replay-since').addEventListener('change', () => this.#load());
  }

  get isOpen() {
    return !this.#sheet.hidden;
  }

  show(isOpen) {
    this.#sheet.hidden = !isOpen;
    setAttribute($('replay-open'), 'aria-expanded', String(isOpen));
    if (isOpen) {
      this.#load();
      $('replay-since').focus();
    } else {
      $('replay-open').focus();
    }
    this.#moved();
  }

  #between() {
    const at = this.#moment();
    switch ($('replay-since').value) {
      case 'hour': return [at - hourMs, at];
      case 'day': return [at - dayMs, at];
      case 'then': return [at, this.#present()];
      default: {
        const nine = windowOf(at, 1).from + 9 * hourMs;
        return [nine > at ? nine - dayMs : nine, at]; // 09:00 of its day, or of the day before until it is nine.
      }
    }
  }

  async #load() {
    const [since, until] = this.#between();
    const query = new URLSearchParams({ since: isoText(since), until: isoText(until) });
    const answer = await fetch(`/api/v1/walls/history/changes?${query}`).catch(() => null);
    const body = await answer?.json().catch(() => null);
    if (answer?.ok) {
      this.#draw(body);
    } else {
      $('replay-list').replaceChildren(make('p', '', this.#texts[body?.code] ?? this.#texts['changes.none']));
    }
  }

  #draw(body) {
    const texts = this.#texts;
    const english = this.#english;
    const stampOf = (instant) => stampText(Date.parse(instant));
    setText($('replay-between'), `${stampOf(body.since)} → ${stampOf(body.until)}`);
    const names = Object.fromEntries(body.courts.map((court) => [court.mark, english ? court.nameEn : court.nameZh]));
    const notices = [
      ...body.gaps.map((gap) => texts['gap.line'].replace('{0}', stampOf(gap.from)).replace('{1}', stampOf(gap.to)).replace('{2}', texts['reason.' + gap.reason] ?? gap.reason)),
      ...body.events.map((event) => `${stampOf(event.at)} ${texts['event.' + event.kind] ?? event.kind} ${event.detail}`),
    ];
    const corrections = correctionRows(body.corrections, names, texts, english).map(({ court, text }) => `${court} · ${text}`);
    $('replay-list').replaceChildren(
      ...(body.sinceKind === 'shown' ? [] : [make('p', '', texts['since.' + body.sinceKind])]),
      ...(notices.length > 0 ? [section(texts['changes.events'], list(notices))] : []),
      section(texts['changes.city'], body.city.length > 0 ? table(changeRows(body.city, texts, english)) : make('p', '', texts['changes.same'])),
      ...(corrections.length > 0 ? [section(texts['changes.corrections'].replace('{0}', stampOf(body.comparedAt)), list(corrections))] : []),
      ...courtsByChange(body.courts).map((court) => section(
        names[court.mark],
        table(changeRows(court.figures.filter(({ figure }) => !figure.endsWith('.month') && !figure.endsWith('.year')), texts, english)))));
  }
}

function table(rows) {
  const body = document.createElement('tbody');
  for (const { name, before, after, change, direction } of rows) {
    const row = document.createElement('tr');
    row.dataset.direction = direction;
    row.append(make('th', '', name), make('td', '', before), make('td', '', after), make('td', 'change', change));
    body.append(row);
  }
  const element = document.createElement('table');
  element.append(body);
  return element;
}

function section(title, ...content) {
  const element = document.createElement('section');
  element.append(make('h3', '', title), ...content);
  return element;
}

function list(lines) {
  const element = document.createElement('ul');
  element.append(...lines.map((line) => make('li', '', line)));
  return element;
}
