// Small writes to the page that skip what is there already, shared by the wall and its panels.

import { widthInEms } from 'wall-state';

export function setText(element, text) {
  const only = element.firstChild;
  if (only?.nodeType === Node.TEXT_NODE && only.nextSibling === null) {
    if (only.data !== text) {
      only.data = text; // The same node stays: a new one would be styled and laid out as one that nobody knew.
    }
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Null takes the attribute away. */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) === value) {
    return;
  }
  if (value === null) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value);
  }
}

/** Writes a figure and its width in em, from which the style sheet sets it smaller when it would be wider than its cell. */
export function setFigure(element, text, sized = element) {
  if (element.textContent !== text) {
    setText(element, text);
    sizeFigure(sized, text);
  }
}

/** What the server drew has its text already, but only a script may give it its width. */
export function sizeFigure(element, text = element.textContent.trim()) {
  const ems = String(widthInEms(text));
  if (element.style.getPropertyValue('--ems') !== ems) {
    element.style.setProperty('--ems', ems);
  }
}

/** A figure as it travels: text alone, or [text, unit, exact amount, fen]. */
export function paintFigure(element, figure, value, unit, sized = value) {
  if (!Array.isArray(figure)) {
    setFigure(value, figure, sized);
    return;
  }
  const [text, unitText, exact, fen] = figure;
  setFigure(value, text, sized);
  if (unit) {
    setText(unit, unitText);
  }
  if (fen !== undefined) {
    setAttribute(element, 'title', exact);
    setAttribute(element, 'data-fen', fen);
  }
}

/** What a mark stands in together with the figure that it speaks for. */
const figures = '.figure, td, .tile, .stocks div';

/** The recount's mark of a figure. Which cells it speaks for is the server's business; here it gets its shape and its words. */
export function paintMark(element, marks, key) {
  const [state, text, title] = marks.but[key] ?? marks.usual;
  setAttribute(element, 'data-mark', state);
  element.closest(figures)?.toggleAttribute('data-differs', state === 'differs');
  setAttribute(element, 'title', title);
  setAttribute(element, 'aria-label', title);
  setAttribute(element.firstElementChild.firstElementChild, 'href', '#mark-' + state);
  if (element.children.length > 1) {
    setText(element.lastElementChild, text);
  }
}

/** All marks of figures of the city within an element. */
export function paintMarks(host, marks) {
  for (const element of host.querySelectorAll('[data-recount]')) {
    paintMark(element, marks, element.dataset.recount);
  }
}
