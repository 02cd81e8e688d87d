// On a desk every figure of a wall opens the list behind it. A wall nine metres wide has no pointer and no keyboard: there nothing is a
// link and nothing looks like one. Which list belongs to which figure the server knows (/drill/); here a figure only says its name and
// its court, both read at the moment of the click, because rows of courts change places while one looks.

const figures = '[data-drill]';
const courtFigures = '[data-court] [data-drill]';
const desk = matchMedia('(any-hover: hover), (any-pointer: fine)');

/** The address behind a figure; lang and theme go along. */
export function drillUrl(element, search) {
  const asked = new URLSearchParams(search);
  const parameters = new URLSearchParams();
  const court = element.closest('[data-court]')?.dataset.court;
  if (court) {
    parameters.set('scope', court);
  }
  for (const name of ['lang', 'theme']) {
    if (asked.has(name)) {
      parameters.set(name, asked.get(name));
    }
  }
  const query = parameters.toString();
  return `/drill/${element.dataset.drill}${query ? '?' + query : ''}`;
}

/** Where an arrow key leads from a figure of a court: the next figure of the row, or the same of the next row. */
export function neighbour(element, key) {
  const row = element.closest('[data-court]');
  if (!row) {
    return null;
  }
  const inRow = [...row.querySelectorAll('[data-drill]')];
  const at = inRow.indexOf(element);
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    return inRow[at + (key === 'ArrowRight' ? 1 : -1)] ?? null;
  }
  const rows = [...row.closest('[data-panel]').querySelectorAll('[data-court]')];
  const next = rows[rows.indexOf(row) + (key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : rows.length)];
  return next?.querySelectorAll('[data-drill]')[at] ?? null;
}

export function followFigures(wall, { search, open }) {
  // An output of a wall shows a slice for people who stand before it, whatever is plugged into its computer.
  const isOutput = new URLSearchParams(search).has('head');
  const isDesk = () => desk.matches && !isOutput;

  const mark = () => {
    const isOn = isDesk();
    wall.toggleAttribute('data-drill-on', isOn);
    for (const panel of wall.querySelectorAll('[data-panel]')) {
      // The table of courts is one stop for the Tab key; arrow keys go on from there.
      let isFirst = true;
      for (const element of panel.querySelectorAll(figures)) {
        if (!isOn) {
          element.removeAttribute('role');
          element.removeAttribute('tabindex');
          continue;
        }
        element.setAttribute('role', 'link');
        element.tabIndex = element.matches(courtFigures) && !isFirst ? -1 : 0;
        isFirst &&= !element.matches(courtFigures);
      }
    }
  };

  const figureOf = (event) => (isDesk() && event.target instanceof Element
    ? event.target.closest(figures) ?? event.target.closest('[data-court] td')?.querySelector(figures)
    : null);

  wall.addEventListener('click', (event) => {
    const element = figureOf(event);
    if (element) {
      open(drillUrl(element, search), event.ctrlKey || event.metaKey);
    }
  });
  wall.addEventListener('auxclick', (event) => {
    const element = event.button === 1 ? figureOf(event) : null;
    if (element) {
      open(drillUrl(element, search), true);
    }
  });
  wall.addEventListener('keydown', (event) => {
    const element = isDesk() && event.target instanceof Element && event.target.matches(figures) ? event.target : null;
    if (!element) {
      return;
    }
    if (event.key === 'Enter') {
      open(drillUrl(element, search), event.ctrlKey || event.metaKey);
      return;
    }
    const next = event.key.startsWith('Arrow') ? neighbour(element, event.key) : null;
    if (next) {
      event.preventDefault();
      element.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  });

  desk.addEventListener('change', mark);
  mark();
}
