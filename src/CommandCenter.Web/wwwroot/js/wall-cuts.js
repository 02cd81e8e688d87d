// Cuts from scene to scene at the instant that the director's server named, on every head of a wall alike. Heads get a cut a
// little before it is due: the time in between is for painting what comes.

const finishMs = 25; // A timer may be late by a few milliseconds; the last of them are waited for frame by frame.

export class Cuts {
  #scenes;
  #wallId;
  #serverNow;
  #afterCut;
  #done = -1; // Revision of the last cut that was made or is under way.
  #state = null;
  #message = document.getElementById('emergency');

  /** @param scenes of this page. @param afterCut called when another scene is shown. */
  constructor(scenes, wallId, serverNow, afterCut) {
    this.#scenes = scenes;
    this.#wallId = wallId;
    this.#serverNow = serverNow;
    this.#afterCut = afterCut;
  }

  /** Takes the part "scene" in; nothing happens while it did not change. */
  take(part) {
    const state = part?.[this.#wallId];
    if (!state || !this.#message) {
      return; // A page that shows one scene for ever has no place for words.
    }
    this.#state = state;
    if (state.cut.revision === this.#done) {
      this.#prepareNext();
      return;
    }
    const isFirst = this.#done === -1;
    this.#done = state.cut.revision;
    this.#scenes.prepare(state.shown);
    const waitMs = state.cut.takeAt - this.#serverNow();
    if (isFirst || waitMs <= 0) {
      this.#cut(state, 0); // This page came late: it joins the others where they are.
    } else {
      setTimeout(() => this.#finish(state), Math.max(0, waitMs - finishMs));
    }
  }

  #finish(state) {
    if (state.cut.revision !== this.#done) {
      return; // Another cut came in between.
    }
    if (this.#serverNow() < state.cut.takeAt) {
      requestAnimationFrame(() => this.#finish(state));
    } else {
      this.#cut(state, state.cut.fadeMs);
    }
  }

  #cut(state, fadeMs) {
    const before = document.querySelector('.scene[data-shown="true"]');
    this.#scenes.show(state.shown);
    const after = document.querySelector('.scene[data-shown="true"]');
    if (fadeMs > 0 && after !== before) {
      fade(before, after, fadeMs);
    }
    say(this.#message, state.message);
    document.documentElement.dataset.cutAt = String(Math.round(this.#serverNow())); // For whoever measures the skew.
    this.#afterCut();
    this.#prepareNext();
  }

  // What a director chose is more likely to come than what follows by itself.
  #prepareNext() {
    const next = this.#state.preview ?? this.#state.next?.scene;
    if (next) {
      this.#scenes.prepare(next);
    }
  }
}

function fade(before, after, ms) {
  for (const [scene, name] of [[before, 'leaves'], [after, 'comes']]) {
    scene.style.setProperty('--fade', `${ms}ms`);
    scene.dataset.fade = name;
    setTimeout(() => delete scene.dataset.fade, ms);
  }
}

// Short words are set large, long ones on more lines; see cuts.css.
function say(element, text) {
  element.hidden = !text;
  if (text && element.textContent !== text) {
    element.textContent = text;
  }
  element.style.setProperty('--letters', String(lengthOf(element.textContent)));
}

function lengthOf(text) {
  return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? 1 : 0.56), 0);
}
