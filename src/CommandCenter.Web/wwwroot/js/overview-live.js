// Asks for the figures of the page every few seconds and writes those that changed into their places: nothing moves under a finger or a
// focus. Without this script the page is what it was when it was opened, and says of when that is.

const pace = 3000;
const answerMax = 10000;
const root = document.querySelector('[data-live]');
const state = document.querySelector('[data-live-state]');
let wasLost = null;

function say(isLost) {
  if (isLost !== wasLost) {
    wasLost = isLost;
    state.dataset.state = isLost ? 'lost' : 'live';
    state.textContent = isLost ? state.dataset.wordsLost : state.dataset.wordsLive;
  }
}

function paintProof(place, { state, title }) {
  if (place.dataset.proof !== state || place.title !== title) {
    place.dataset.proof = state;
    place.title = title;
    place.setAttribute('aria-label', title);
  }
}

function paint({ asOf, recount, recountText, values, usual, but }) {
  document.querySelector('[data-as-of]').textContent = asOf;
  const mark = document.querySelector('[data-recount]');
  mark.dataset.recount = recount;
  mark.textContent = recountText;
  for (const place of document.querySelectorAll('[data-key]')) {
    const value = values[place.dataset.key];
    if (value && place.textContent !== value.text) {
      place.textContent = value.text;
      if (value.title) {
        place.title = value.title;
      }
    }
  }
  // A chart stays as it was when the page was opened, and its mark with it.
  for (const place of document.querySelectorAll('[data-proof-of]:not(figcaption *)')) {
    paintProof(place, but[place.dataset.proofOf] ?? usual);
  }
}

async function ask() {
  if (document.visibilityState === 'visible') {
    try {
      const answer = await fetch(root.dataset.live, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(answerMax) });
      if (answer.status === 401 || answer.status === 403) {
        location.reload(); // Signed out, or not one's court any more: the page itself says which.
        return;
      }
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      paint(await answer.json());
      say(false);
    } catch {
      say(true);
    }
  }
  setTimeout(ask, pace * (0.9 + 0.2 * Math.random())); // Two hundred desks that were opened together need not ask together.
}

if (root?.dataset.live) {
  setTimeout(ask, pace);
}
