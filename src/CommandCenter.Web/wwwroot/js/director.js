// The director's page: keys for hands that stay on the keyboard, and a way back after a restart of the server. All else is the page's own circuit.

const askAgainMs = 1000;

/** Starts what the page needs once. */
export function begin() {
  document.addEventListener('keydown', onKey);
  comeBackAfterRestart();
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) {
    return;
  }
  const at = document.activeElement;
  if (at?.matches('input, select, textarea')) {
    if (event.key === 'Escape') {
      at.blur(); // The next Escape is meant for the wall.
    }
    return;
  }
  // A button that was reached by Tab takes Enter itself; one that was clicked does not keep it from the wall.
  if (event.key === 'Enter' && at?.matches('button:focus-visible, a:focus-visible')) {
    return;
  }
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.length === 1 ? event.key.toLowerCase() : event.key)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
}

// A circuit ends with its server. When the new one answers, the same page is opened again: the wall's state is the server's.
function comeBackAfterRestart() {
  const notice = document.getElementById('components-reconnect-modal');
  const gone = () => /components-reconnect-(failed|rejected)/.test(notice.className);
  let asking = false;
  new MutationObserver(async () => {
    if (!gone() || asking) {
      return;
    }
    asking = true;
    while (true) {
      const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
      if (answer?.ok) {
        location.reload();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }).observe(notice, { attributes: true, attributeFilter: ['class'] });
}
