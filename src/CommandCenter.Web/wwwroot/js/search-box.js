// Asks again while somebody types: at most once in 150 ms, only ever for the latest text, and takes the answer from the page itself,
// so that there is one rendering and one URL for what is shown. The text is sent as the form sends it: the server seals it, and the URL that
// comes back holds no name. Without this script the form does the same with a key more.

const pause = 150;
const form = document.querySelector('form[data-search]');
const box = form.querySelector('input[name=q]');
let due = 0;
let asking = null;

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.getAttribute('action'), {
      method: 'POST', body: new URLSearchParams(new FormData(form)), signal: asking.signal, headers: { Accept: 'text/html' },
    });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = page.getElementById('found');
    if (found) {
      const [said, says] = [document.getElementById('found-count'), page.getElementById('found-count')];
      said.textContent = says.textContent;
      said.dataset.count = says.dataset.count ?? '';
      document.getElementById('found').replaceChildren(...found.childNodes);
      document.title = page.title;
      history.replaceState(null, '', answer.url);
    }
  } catch (error) {
    if (error.name !== 'AbortError') {
      form.submit(); // The document says better than a script what is wrong.
    }
  }
}

function plan() {
  clearTimeout(due);
  due = setTimeout(ask, pause);
}

// Between two keys of an input method the text is not what is meant yet.
box.addEventListener('input', (event) => event.isComposing || plan());
box.addEventListener('compositionend', plan);
form.querySelector('select[name=scope]').addEventListener('change', plan);

// From the box straight to the first answer; row-keys.js goes on from there.
box.addEventListener('keydown', (event) => {
  const first = document.querySelector('#found tbody a');
  if (event.key === 'ArrowDown' && first && !event.isComposing) {
    event.preventDefault();
    event.stopPropagation();
    first.focus();
  }
});
box.setSelectionRange(box.value.length, box.value.length); // Whoever came with a text goes on typing behind it.
