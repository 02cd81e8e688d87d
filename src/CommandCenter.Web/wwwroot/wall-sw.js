// Keeps the last page of each wall, so that a browser that is loaded anew while the server is away shows the last picture, says how old
// it is, and goes on trying: without this it would show the browser's own error page until somebody comes.

const pages = 'wall-pages';
const files = 'wall-files';
const answerWithinMs = 4000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function fetchWithin(request, ms) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ms);
  try {
    return await fetch(request, { signal: abort.signal });
  } finally {
    clearTimeout(timer);
  }
}

// The page is as old as it is, but the clock in it must be of now.
async function kept(request) {
  const answer = await (await caches.open(pages)).match(request);
  if (!answer) {
    return Response.error();
  }
  const text = (await answer.text()).replace(/data-now="\d+"/, `data-now="${Date.now()}" data-kept="true"`);
  return new Response(text, { status: 200, headers: answer.headers });
}

async function page(request) {
  try {
    const answer = await fetchWithin(request, answerWithinMs);
    if (answer.ok) {
      await (await caches.open(pages)).put(request, answer.clone());
    }
    return answer.status >= 500 ? await kept(request) : answer;
  } catch {
    return kept(request);
  }
}

// The address of a file carries its hash, so what is kept under it is what is there.
async function file(request) {
  const cache = await caches.open(files);
  const held = await cache.match(request);
  if (held) {
    return held;
  }
  const answer = await fetch(request);
  if (answer.ok) {
    await forgetOlder(cache, new URL(request.url));
    await cache.put(request, answer.clone());
  }
  return answer;
}

async function forgetOlder(cache, url) {
  for (const request of await cache.keys()) {
    if (new URL(request.url).pathname === url.pathname) {
      await cache.delete(request);
    }
  }
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) {
    return;
  }
  // A page of the past is not kept: there are as many as moments, and its clock must not be set to now.
  if (event.request.mode === 'navigate' && url.pathname.startsWith('/wall/') && !url.searchParams.has('at')) {
    event.respondWith(page(event.request));
  } else if (url.searchParams.has('v')) {
    event.respondWith(file(event.request));
  }
});
