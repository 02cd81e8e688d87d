// A wall computer's way in: the key of its address, behind the #, goes to the server once, and the wall is opened again with the cookie.

const key = location.hash.slice(1);
const retryMs = 3000;

if (key.startsWith('cck_')) {
  for (;;) {
    const answer = await fetch('/device', { method: 'POST', body: key }).catch(() => null);
    if (answer?.ok) {
      const wanted = new URLSearchParams(location.search).get('to') ?? '/wall/main';
      location.replace((/^\/(?![/\\])/.test(wanted) ? wanted : '/wall/main') + location.hash);
      break;
    }
    if (answer?.status === 403) {
      break; // Another key: the page says by itself that somebody has to sign in.
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}
