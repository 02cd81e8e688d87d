// The scenes of a wall and their panels. Only the scene that is shown, and the one that is prepared for a cut, are painted.

import { setAttribute } from 'wall-dom';

class Scene {
  constructor(host, panels) {
    this.host = host;
    this.id = host.dataset.scene;
    this.title = host.dataset.title;
    this.panels = panels;
  }

  /** Paints the panels of which a part changed since they were painted last. */
  paint(parts) {
    for (const panel of this.panels) {
      if (panel.needs.every((name) => parts[name] !== undefined) && panel.needs.some((name) => parts[name] !== panel.painted[name])) {
        panel.painted = { ...parts };
        try {
          panel.painter.paint(parts);
        } catch (error) {
          console.error(error); // The other panels go on; the watchdog loads the page anew.
          panel.isBroken = true;
        }
      }
    }
  }

  tick(now) {
    for (const { painter } of this.panels) {
      painter.tick?.(now);
    }
  }
}

export class Scenes {
  /** The latest of every part. */
  parts = {};

  /** When the scene that is shown was first shown, by the server's clock; 0 when it was there from the start. */
  cutAt = 0;

  #scenes;
  #shown;
  #prepared = null;

  constructor(scenes) {
    this.#scenes = scenes;
    this.#shown = scenes.find((scene) => scene.host.dataset.shown === 'true') ?? scenes[0];
    this.#shown.host.dataset.shown = 'true';
  }

  /** Loads the script of every panel, by the name of its kind. */
  static async load(hosts, wall) {
    return new Scenes(await Promise.all([...hosts].map(async (host) => new Scene(host, await Promise.all(
      [...host.querySelectorAll(':scope > [data-panel]')].map(async (section) => {
        const { Panel } = await import(`panels/${section.dataset.panel}`);
        return { section, needs: section.dataset.parts.split(' '), painter: new Panel(section, wall), painted: {} };
      }))))));
  }

  get title() {
    return this.#shown.title;
  }

  get id() {
    return this.#shown.id;
  }

  /** Whether this page has a scene. */
  has(id) {
    return this.#scenes.some((scene) => scene.id === id);
  }

  /** How many panels could not be painted. */
  get broken() {
    return this.#scenes.reduce((count, scene) => count + scene.panels.filter((panel) => panel.isBroken).length, 0);
  }

  /** Takes the parts that changed in. */
  take(parts) {
    Object.assign(this.parts, parts);
    this.#shown.paint(this.parts);
    this.#prepared?.paint(this.parts);
  }

  /** Says on each panel whether one of the parts that it shows is missing now: what it shows is older than all else, or nothing. */
  miss(names, text) {
    for (const { section, needs } of this.#scenes.flatMap((scene) => scene.panels)) {
      setAttribute(section, 'data-missing', needs.some((name) => names.includes(name)) ? text : null);
    }
  }

  /** Paints a scene without showing it, so that a cut to it takes no time. */
  prepare(id) {
    this.#prepared = this.#scenes.find((scene) => scene.id === id && scene !== this.#shown) ?? null;
    this.#prepared?.paint(this.parts);
  }

  /** Shows a scene now. An unknown one changes nothing: the server knows better, and this page is about to be loaded anew. */
  show(id) {
    const scene = this.#scenes.find((candidate) => candidate.id === id);
    if (!scene || scene === this.#shown) {
      return;
    }
    scene.paint(this.parts);
    scene.host.dataset.shown = 'true';
    this.#shown.host.dataset.shown = 'false';
    this.#shown = scene;
    this.#prepared = null;
  }

  tick(now) {
    this.#shown.tick(now);
  }
}
