// Draws what a tablet shows. Texts come from the server and go in as texts, never as markup.

import { age, fill, moment } from 'tablet-words';

const make = (name, style, text) => {
  const element = document.createElement(name);
  if (style) {
    element.className = style;
  }
  if (text !== undefined && text !== null) {
    element.textContent = text;
  }
  return element;
};

const link = (style, text, url) => {
  const element = make('a', style, text);
  element.setAttribute('href', url);
  return element;
};

/**
 * Puts rows in place of a list. A row that says the same stays the element that it is, and so does one in which somebody writes.
 * @param {HTMLElement} list
 * @param {object[]} items
 * @param {(item: object) => string} keyOf
 * @param {(item: object) => HTMLElement} draw
 */
export function paintList(list, items, keyOf, draw, none) {
  const before = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const rows = items.map((item) => {
    const said = JSON.stringify(item);
    const known = before.get(keyOf(item));
    if (known && (known.dataset.said === said || known.contains(document.activeElement) || known.querySelector('details[open], button:disabled'))) {
      return known; // Somebody is at it, or its order is under way.
    }
    const row = draw(item);
    hearOn(known, row);
    row.dataset.key = keyOf(item);
    row.dataset.said = said;
    return row;
  });
  if (rows.length === 0) {
    rows.push(make('li', 'none', none));
  }
  if (rows.length !== list.children.length || rows.some((row, place) => list.children[place] !== row)) {
    list.replaceChildren(...rows);
  }
}

// What was said of an order stays when its row is drawn anew, which the order itself brings about.
function hearOn(before, row) {
  const [heard, line] = [before?.querySelector('.said'), row.querySelector('.said')];
  if (heard?.textContent && line) {
    line.className = heard.className;
    line.textContent = heard.textContent;
  }
}

export function paintFigures(list, figures) {
  list.replaceChildren(...figures.map((figure) => {
    const box = make('div', figure.mark);
    box.dataset.figure = figure.key;
    box.append(make('dt', '', figure.label));
    const value = make('dd');
    value.title = figure.exact;
    value.append(figure.url ? link('', figure.value, figure.url) : make('span', '', figure.value));
    if (figure.unit) {
      value.append(make('small', '', ` ${figure.unit}`));
    }
    if (figure.proof) {
      const proof = make('span', 'proof');
      proof.dataset.proof = figure.proof.state;
      proof.title = figure.proof.title;
      proof.setAttribute('role', 'img');
      proof.setAttribute('aria-label', figure.proof.title);
      value.append(proof);
    }
    box.append(value);
    return box;
  }));
}

export function paintLapses(body, lapses) {
  body.replaceChildren(...lapses.map((lapse) => {
    const row = make('tr');
    const head = make('th', '', lapse.label);
    head.scope = 'row';
    row.append(head, make('td', lapse.past === '0' ? '' : 'bad', lapse.past), ...lapse.within.map((count, place) => make('td', count !== '0' && place === 0 ? 'bad' : '', count)));
    return row;
  }));
}

/** A case with its reason, and the button to urge where the viewer may. */
export function drawCase(item, words, actions, isCard) {
  const row = make('li', `case ${item.mark}`);
  const text = make('div', 'text');
  const head = make('p', 'what');
  head.append(make('span', 'shape'), item.listUrl ? link('', item.what, item.listUrl) : document.createTextNode(item.what));
  head.firstChild.setAttribute('aria-hidden', 'true');
  text.append(head);
  const facts = make('p', 'facts');
  facts.append(link('number', item.number, item.url));
  if (item.who) {
    facts.append(make('span', 'who', item.who));
  }
  text.append(facts);
  if (item.why) {
    text.append(make('p', 'why', item.why));
  }
  row.append(text, make('p', 'big', item.big));
  const said = make('p', 'said');
  said.setAttribute('role', 'status');
  if (item.about) {
    row.classList.add('acts');
    row.append(drawUrge(item, words, actions, isCard, said));
  }
  if (item.urgedAt) {
    const urged = make('p', 'urged');
    urged.dataset.since = item.urgedAt;
    urged.dataset.template = words.urgedBefore;
    row.append(urged);
  }
  row.append(said);
  return row;
}

function drawUrge(item, words, actions, hasNote, said) {
  const box = make('div', 'act');
  const button = make('button', 'urge', item.urgedAt ? words.urgeAgain : words.urge);
  button.type = 'button';
  const meaning = fill(item.urgedAt ? words.urgeAgainWhom : words.urgeWhom, item.handler, item.number, `${item.what} ${item.big}`);
  button.title = meaning;
  button.setAttribute('aria-label', meaning);
  let note = null;
  if (hasNote) {
    const more = make('details');
    const label = make('label', '', words.noteLabel);
    note = make('input');
    note.maxLength = 256;
    note.autocomplete = 'off';
    label.append(note);
    more.append(make('summary', '', words.note), label);
    more.addEventListener('toggle', () => box.classList.toggle('writes', more.open));
    box.append(button, more);
  } else {
    box.append(button);
  }
  button.addEventListener('click', () => actions.urge(item, note?.value ?? '', button, said));
  return box;
}

/** An urge with its reply, or the box to reply. */
export function drawUrgeItem(item, words, actions) {
  const row = make('li', `case ${item.reply ? 'good' : 'warn'}`);
  const text = make('div', 'text');
  const head = make('p', 'what');
  head.append(make('span', 'shape'), document.createTextNode(fill(words.urgeSaid, item.by, item.text ? `${item.about} · ${item.text}` : item.about)));
  head.firstChild.setAttribute('aria-hidden', 'true');
  const facts = make('p', 'facts');
  facts.append(link('number', item.number, item.url));
  if (item.who) {
    facts.append(make('span', 'who', item.who));
  }
  if (item.due) {
    facts.append(make('span', '', fill(words.due, item.due)));
  }
  text.append(head, facts);
  if (item.reply) {
    text.append(make('p', 'reply', `${words.replied} ${moment(item.replyAt)}：${item.reply}`));
  }
  const since = make('p', 'big');
  since.dataset.since = item.at;
  since.dataset.template = words.age;
  row.append(text, since);
  const said = make('p', 'said');
  said.setAttribute('role', 'status');
  if (item.mayReply) {
    const form = make('form', 'act');
    const label = make('label', '', words.replyLabel);
    const box = make('input');
    box.maxLength = 256;
    box.required = true;
    box.autocomplete = 'off';
    label.append(box);
    const button = make('button', 'urge', words.reply);
    form.append(label, button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      actions.reply(item, box, button, said);
    });
    row.append(form);
  } else if (!item.reply) {
    text.append(make('p', 'waits', words.waits));
  }
  row.append(said);
  return row;
}

/** Ages go on by themselves. */
export function paintAges(root, now, words) {
  for (const element of root.querySelectorAll('[data-since]')) {
    const text = fill(element.dataset.template, age(now - new Date(element.dataset.since).getTime(), words));
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }
}
