// What a tablet keeps for a time without a network: the last state of one account, and the empty document with its files. Case numbers and
// masked names only. Wiped when somebody signs out, when the session has ended, and when the sign-in page is shown.

const prefix = 'tablet-';
const stateOf = (account) => `${prefix}state-${account}`;
const shell = `${prefix}shell`;

// Not on plain HTTP off this machine: there is no store then, and the page lives from its server alone.
const stores = () => globalThis.caches ?? null;

/** Keeps a state, and nobody else's beside it. */
export async function keep(account, query, state) {
  const store = stores();
  if (store === null) {
    return;
  }
  for (const name of await store.keys()) {
    if (name.startsWith(`${prefix}state-`) && name !== stateOf(account)) {
      await store.delete(name);
    }
  }
  await (await store.open(stateOf(account))).put(`/tablet/kept${query}`, new Response(JSON.stringify(state), { headers: { 'Content-Type': 'application/json' } }));
}

/** The last state of an account in this look; null when there is none. */
export async function last(account, query) {
  const store = stores();
  if (store === null || !(await store.has(stateOf(account)))) {
    return null;
  }
  const answer = await (await store.open(stateOf(account))).match(`/tablet/kept${query}`);
  return answer ? answer.json() : null;
}

/** Nothing of anybody stays. */
export async function wipe() {
  const store = stores();
  if (store !== null) {
    await Promise.all((await store.keys()).filter((name) => name.startsWith(prefix)).map((name) => store.delete(name)));
  }
}

/** Keeps this document and what it has loaded: the worker sees only what is loaded after it came. */
export async function keepShell() {
  const store = stores();
  if (store === null || !navigator.serviceWorker) {
    return;
  }
  await navigator.serviceWorker.register('/tablet-sw.js', { scope: '/tablet' });
  const cache = await store.open(shell);
  const files = performance.getEntriesByType('resource').map((entry) => entry.name)
    .filter((name) => name.startsWith(location.origin) && new URL(name).searchParams.has('v'));
  for (const url of [location.href.split('#')[0], ...files]) {
    if (!(await cache.match(url))) {
      const answer = await fetch(url);
      if (answer.ok && !answer.redirected) {
        await cache.put(url, answer);
      }
    }
  }
}
