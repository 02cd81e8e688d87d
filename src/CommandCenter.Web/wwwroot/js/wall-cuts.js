// Cuts from scene to scene at the instant that the director's server named, on every output of a wall alike. A cut is told a little
// before it is due: the time in between is for painting what comes.

export class Cuts {
  #scenes;
  #wallId;
  #now;
  #atInstant;
  #message;
  #afterCut;
  #done = -1; // Revision of the last cut that was made or is under way.
  #isDue = false; // A cut is under way.
  #state = null;

  /**
   * @param scenes of this page.
   * @param wallId whose cuts.
   * @param now the server's clock.
   * @param atInstant runs something in the paint that is nearest to an instant of that clock.
   * @param message the element of emergencies; a page that shows one scene for ever has none, and never cuts.
   * @param afterCut told of each cut that was made.
   */
  constructor({ scenes, wallId, now, atInstant, message, afterCut }) {
    this.#scenes = scenes;
    this.#wallId = wallId;
    this.#now = now;
    this.#atInstant = atInstant;
    this.#message = message;
    this.#afterCut = afterCut;
  }

  /** As soon as the part "scene" arrives: a cut that is still to come is prepared for its instant, whatever frames wait to be shown. */
  announce(part) {
    const state = this.#stateOf(part);
    if (state && this.#done !== -1 && state.cut.revision !== this.#done && state.cut.takeAt > this.#now()) {
      this.#done = state.cut.revision;
      this.#state = state;
      this.#isDue = true;
      this.#scenes.prepare(state.shown);
      this.#atInstant(state.cut.takeAt, this.#now, () => {
        if (state.cut.revision === this.#done) { // Else another cut came in between.
          this.#cut(state, state.cut.fadeMs);
        }
      });
    }
  }

  /** With the frame that brought the part: this page came late, or has just been opened, and joins the others where they are. */
  take(part) {
    const state = this.#stateOf(part);
    if (!state) {
      return;
    }
    this.#state = state;
    if (state.cut.revision === this.#done) {
      if (!this.#isDue) {
        this.#prepareNext();
      }
      return;
    }
    this.#done = state.cut.revision;
    this.#cut(state, 0);
  }

  #stateOf(part) {
    return this.#message ? part?.[this.#wallId] : undefined;
  }

  #cut(state, fadeMs) {
    const before = this.#scenes.id;
    this.#isDue = false;
    this.#scenes.show(state.shown);
    say(this.#message, state.message);
    if (this.#scenes.id !== before) {
      this.#scenes.cutAt = this.#now();
      if (fadeMs > 0) {
        fade(before, this.#scenes.id, fadeMs);
      }
    }
    this.#afterCut({ revision: state.cut.revision, scene: this.#scenes.id, takeAt: state.cut.takeAt, at: this.#now() });
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
  for (const [id, name] of [[before, 'leaves'], [after, 'comes']]) {
    const scene = document.querySelector(`.scene[data-scene="${id}"]`);
    scene.style.setProperty('--fade', `${ms}ms`);
    scene.dataset.fade = name;
    setTimeout(() => delete scene.dataset.fade, ms);
  }
}

/** Words over everything, or none. Short ones are set large, long ones on more lines; see cuts.css. */
export function say(element, text) {
  element.hidden = !text;
  if (text && element.textContent !== text) {
    element.textContent = text;
  }
  element.style.setProperty('--letters', String(lettersOf(element.textContent)));
}

/** How wide a text is, in Chinese letters. */
export function lettersOf(text) {
  return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? 1 : 0.56), 0);
}
