// Arrow keys go from row to row of a list: its links are what is focused, so Enter opens one as it always does.

const steps = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener('keydown', (event) => {
  // Anew each time: the page of search brings other rows while it is open.
  const rows = [...document.querySelectorAll('table[data-rows] tbody tr')].map((row) => row.querySelector('a')).filter((link) => link);
  const step = steps[event.key];
  if (!step || rows.length === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey
    || event.target.closest('input, select, textarea, button')) {
    return;
  }
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
  if (rows[next]) {
    event.preventDefault();
    rows[next].focus();
    rows[next].closest('tr').scrollIntoView({ block: 'nearest' });
  }
});
