// Keeps the tablet's empty document and its files, so that it opens without a network. What it shows then is kept by the page itself
// (tablet-store.js), by account; nothing of a case ever comes through here.

const shell = 'tablet-shell';
const answerWithinMs = 4000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function kept(request) {
  const cache = await caches.open(shell);
  return (await cache.match(request)) ?? (await cache.match(request, { ignoreSearch: true })) ?? Response.error();
}

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(answerWithinMs) });
    if (answer.ok) {
      await (await caches.open(shell)).put(request, answer.clone());
    } else if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
      // Led away: nobody is signed in here any more, or somebody else.
      await Promise.all((await caches.keys()).filter((name) => name.startsWith('tablet-')).map((name) => caches.delete(name)));
    }
    return answer.status >= 500 ? await kept(request) : answer;
  } catch {
    return kept(request);
  }
}

// The address of a file carries its hash, so what is kept under it is what is there.
async function file(request) {
  const cache = await caches.open(shell);
  const held = await cache.match(request);
  if (held) {
    return held;
  }
  const answer = await fetch(request);
  if (answer.ok) {
    for (const old of await cache.keys()) {
      if (new URL(old.url).pathname === new URL(request.url).pathname) {
        await cache.delete(old);
      }
    }
    await cache.put(request, answer.clone());
  }
  return answer;
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) {
    return;
  }
  if (event.request.mode === 'navigate' && url.pathname === '/tablet') {
    event.respondWith(page(event.request));
  } else if (url.searchParams.has('v')) {
    event.respondWith(file(event.request));
  }
});
