// Every text of a wall that leaves its cell, is cut off, overlaps another or is too dim, and the page itself when it scrolls sideways,
// or at all on a screen that it should fit whole.
// Left out: text that is only read aloud, the canvas, and the last line of events, which shows as many as fit.
(fitsWhole) => {
  // WCAG 2.2, "contrast ratio". The panels of the bars are nearly as dark as the ground, so the ground stands for both. Only the alert
  // has one of its own, and while it shows, what it covers is hidden.
  const luminanceOf = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrastOf = (...colours) => {
    const [dim, bright] = colours.map(luminanceOf).sort((a, b) => a - b);
    return (bright + 0.05) / (dim + 0.05);
  };

  const faults = new Set();
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    faults.add(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
  }
  if (fitsWhole && root.scrollHeight > root.clientHeight) {
    faults.add(`the page is ${root.scrollHeight} px high in ${root.clientHeight}`);
  }

  const wall = document.getElementById('wall');
  const edgeOfWall = wall.getBoundingClientRect();
  const texts = [];
  const walker = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('caption, noscript, script, #recent, #chart, [hidden]')
      || getComputedStyle(parent).visibility === 'hidden') {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) {
      continue;
    }

    const cell = parent.closest('td, th, dd, dt, h1, h2, h3, p, figcaption') ?? parent;
    const part = cell.closest('section, header, footer');
    const place = [...part.classList, cell.closest('tr')?.className || cell.closest('tr')?.dataset.court]
      .filter(Boolean).join(' ');
    const name = `"${node.data.trim()}" (${place} ${cell.localName})`;
    const edge = cell.getBoundingClientRect();
    if (box.left < edge.left - 1 || box.right > edge.right + 1) {
      faults.add(`${name} is ${Math.round(box.width)} px wide in a cell of ${Math.round(edge.width)}`);
    }
    if (box.left < edgeOfWall.left - 1 || box.right > edgeOfWall.right + 1) {
      faults.add(`${name} leaves the wall`);
    }
    // The rectangle of a run of glyphs is taller than their ink: only the middle half counts.
    const ink = { left: box.left, right: box.right, top: box.top + box.height / 4, bottom: box.bottom - box.height / 4 };
    const edgeOfPart = part.getBoundingClientRect();
    if (ink.top < edgeOfPart.top - 1 || ink.bottom > edgeOfPart.bottom + 1) {
      faults.add(`${name} leaves its part of the wall`);
    }
    if (fitsWhole && (ink.top < 0 || ink.bottom > root.clientHeight)) {
      faults.add(`${name} is not on the screen`);
    }
    if (cell.clientWidth > 0 && cell.scrollWidth > cell.clientWidth + 1) {
      faults.add(`${name} is cut off: ${cell.scrollWidth} px in ${cell.clientWidth}`);
    }
    const contrast = contrastOf(getComputedStyle(parent).color, getComputedStyle(parent.closest('#alert') ?? document.body).backgroundColor);
    if (contrast < 4.5) {
      faults.add(`${name} has a contrast of ${contrast.toFixed(1)} : 1, less than 4.5`);
    }
    texts.push({ name, ...ink });
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
