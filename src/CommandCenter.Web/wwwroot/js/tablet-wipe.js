// Beside the sign-in page: whoever sits here next finds nothing of who was here before.

if (globalThis.caches) {
  for (const name of await caches.keys()) {
    if (name.startsWith('tablet-')) {
      await caches.delete(name);
    }
  }
}
