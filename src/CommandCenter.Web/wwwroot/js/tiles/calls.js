// Who calls for help, above the tiles: also officers without a camera. Whoever is responsible ends a call once the officer is safe.

import { spanText, fill } from 'tiles/words';

const withinMs = 10_000;

export class Calls {
  #list;
  #texts;
  #rows = new Map();

  constructor(list, texts) {
    this.#list = list;
    this.#texts = texts;
  }

  /** @param {{officer: string, court: string, courtName: string, since: string}[]} calls The longest first. */
  show(calls, now) {
    const ids = new Set();
    for (const call of calls) {
      const id = `${call.court}/${call.officer}`;
      ids.add(id);
      const row = this.#rows.get(id) ?? this.#add(id, call);
      const text = fill(this.#texts.call, call.officer, call.courtName, spanText(Math.max(0, now - Date.parse(call.since)), this.#texts));
      if (row.firstChild.textContent !== text) {
        row.firstChild.textContent = text;
      }
    }
    for (const [id, row] of this.#rows) {
      if (!ids.has(id)) {
        row.remove();
        this.#rows.delete(id);
      }
    }
  }

  #add(id, call) {
    const row = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = this.#texts['call.end'];
    button.addEventListener('click', () => this.#end(call, button));
    const failed = document.createElement('span');
    failed.setAttribute('role', 'status');
    row.append(document.createElement('b'), button, failed);
    this.#list.append(row);
    this.#rows.set(id, row);
    return row;
  }

  async #end(call, button) {
    if (!confirm(fill(this.#texts['call.sure'], call.officer))) {
      return;
    }
    button.disabled = true;
    let code = '';
    try {
      const path = `/api/v1/officers/${encodeURIComponent(call.court)}/${encodeURIComponent(call.officer)}/sos/end`;
      const answer = await fetch(path, { method: 'POST', signal: AbortSignal.timeout(withinMs), headers: { 'Content-Type': 'application/json' }, redirect: 'error' });
      code = answer.ok || answer.status === 409 ? '' : (await answer.json().catch(() => ({}))).code ?? String(answer.status);
    } catch {
      code = this.#texts.away;
    }
    button.disabled = false;
    button.nextSibling.textContent = code === '' ? '' : fill(this.#texts['call.failed'], code);
  }
}
