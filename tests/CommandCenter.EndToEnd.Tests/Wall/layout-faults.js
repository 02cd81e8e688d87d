// Every text of a wall that leaves its cell, is cut off, overlaps another or is too dim, and the page itself when it scrolls sideways.
// Left out: text that is only read aloud, the canvas, and the last line of events, which shows as many as fit.
() => {
  // WCAG 2.2, "contrast ratio". The panels of the bars are nearly as dark as the ground, so the ground stands for both.
  const luminanceOf = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrastOf = (colour, ground) => (luminanceOf(colour) + 0.05) / (luminanceOf(ground) + 0.05);

  const faults = new Set();
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    faults.add(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
  }

  const wall = document.getElementById('wall');
  const edgeOfWall = wall.getBoundingClientRect();
  const texts = [];
  const walker = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('caption, noscript, script, #recent, #chart, [hidden]')) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) {
      continue;
    }

    const cell = parent.closest('td, th, dd, dt, h1, h2, h3, p, figcaption') ?? parent;
    const place = [...cell.closest('section, header, footer').classList, cell.closest('tr')?.className || cell.closest('tr')?.dataset.court]
      .filter(Boolean).join(' ');
    const name = `"${node.data.trim()}" (${place} ${cell.localName})`;
    const edge = cell.getBoundingClientRect();
    if (box.left < edge.left - 1 || box.right > edge.right + 1) {
      faults.add(`${name} is ${Math.round(box.width)} px wide in a cell of ${Math.round(edge.width)}`);
    }
    if (box.left < edgeOfWall.left - 1 || box.right > edgeOfWall.right + 1) {
      faults.add(`${name} leaves the wall`);
    }
    if (cell.clientWidth > 0 && cell.scrollWidth > cell.clientWidth + 1) {
      faults.add(`${name} is cut off: ${cell.scrollWidth} px in ${cell.clientWidth}`);
    }
    const contrast = contrastOf(getComputedStyle(parent).color, getComputedStyle(document.body).backgroundColor);
    if (contrast < 4.5) {
      faults.add(`${name} has a contrast of ${contrast.toFixed(1)} : 1, less than 4.5`);
    }
    // The rectangle of a run of glyphs is taller than their ink: only the middle half counts.
    texts.push({ name, left: box.left, right: box.right, top: box.top + box.height / 4, bottom: box.bottom - box.height / 4 });
  }

  const overlap = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
  texts.forEach((a, index) => {
    for (const b of texts.slice(index + 1)) {
      if (overlap(a, b, 'left', 'right') > 1 && overlap(a, b, 'top', 'bottom') > 1) {
        faults.add(`${a.name} overlaps ${b.name}`);
      }
    }
  });
  return [...faults];
}
