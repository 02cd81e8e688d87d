// The bars above and below the scenes, of a wall of now and of one of the past alike.

import { setAttribute, setFigure, setText } from 'wall-dom';
import { make } from 'wall-fit';

const $ = (id) => document.getElementById(id);

/** Paints the part "bar": the latest events, whether it is a demonstration, and the proof. */
export function paintBars(bar, texts) {
  const events = bar.recent.map(([time, court, caseNumber, type, amount]) => {
    const item = make('li', '');
    item.append(make('time', '', time), ' ', make('b', '', court), ' ', make('span', '', caseNumber), ' ', make('em', '', type), ' ', make('span', 'amount', amount));
    return item;
  });
  $('recent').replaceChildren(...(events.length > 0 ? events : [make('li', '', texts['bar.recent.none'])]));
  $('demonstration').hidden = !bar.demo;
  const [proof, proofText, proofDetail] = bar.proof;
  setAttribute($('wall'), 'data-proof', proof);
  setText($('proof'), proofText);
  setAttribute($('proof').closest('[title]'), 'title', proofDetail);
  setAttribute($('proof-mark'), 'href', '#mark-' + (proof === 'identity-holds' ? 'holds' : proof));
}

/** The alert line over the bottom bar; nothing when there is nothing to say. */
export function paintAlert(text) {
  setFigure($('alert'), text);
  $('alert').hidden = text === '';
  $('alert').parentElement.toggleAttribute('data-alert', text !== '');
}
