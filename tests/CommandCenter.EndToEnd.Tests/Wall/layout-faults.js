// Every text of a wall that leaves its cell or its panel, is cut off, overlaps another, is too small or too dim, and whatever scrolls
// where nobody is there to scroll. It knows bars, panels and text, and no panel by name but those that bear the main figures.
//   isWall       a wall that is read from six metres: sizes of text count, and everything is on the screen.
//   mayShorten   names may end in …; otherwise only prose may. The whole text has to stand in a title.
// Left out: text that is only read aloud, canvases, and the last line of events, which shows as many as fit.
({ isWall, mayShorten }) => {
  // Design §7: the smallest text is 1/40 of the height of the wall, and these, which say whether the city is all right, are 1/15.
  const mainFigures = '.caseload .value, .stocks .value, .now time';
  const smallestShare = 1 / 40;
  const mainShare = 1 / 15;
  const negativeShare = 1 / 17; // A day on which more went back than came in: its sign would not fit otherwise.
  const contrastLeast = 4.5; // WCAG 2.2, 1.4.3.

  const faults = new Set();
  const root = document.documentElement;
  const wall = document.getElementById('wall');
  const isHidden = (element) => !element.checkVisibility({ visibilityProperty: true });

  // ---- colours

  const parse = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+(e-?\d+)?/g).map(Number);
    return colour.startsWith('color(') ? [red, green, blue, alpha] : [red / 255, green / 255, blue / 255, alpha];
  };
  const over = (upper, lower) => [0, 1, 2].map((i) => upper[i] * upper[3] + lower[i] * (1 - upper[3])).concat(1);
  const luminanceOf = (colour) => {
    const [red, green, blue] = colour.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrastOf = (a, b) => {
    const [dim, bright] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dim + 0.05);
  };
  const groundOf = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) {
        layers.push(colour);
      }
      if (colour[3] === 1) {
        break;
      }
    }
    return layers.reduceRight((lower, upper) => over(upper, lower), [1, 1, 1, 1]);
  };

  // ---- the page as a whole

  if (root.scrollWidth > root.clientWidth) {
    faults.add(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
  }
  if (isWall && root.scrollHeight > root.clientHeight) {
    faults.add(`the page is ${root.scrollHeight} px high in ${root.clientHeight}`);
  }
  for (const element of wall.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    if (/auto|scroll/.test(style.overflowX + style.overflowY) && !isHidden(element)
      && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)) {
      faults.add(`${element.localName}.${element.className} has scroll bars`);
    }
  }

  // ---- every text

  const heightOfWall = isWall ? wall.getBoundingClientRect().height : 0;
  const edgeOfWall = wall.getBoundingClientRect();
  const texts = [];
  const walker = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('caption, noscript, script, style, title, #recent, canvas, [hidden], .read-aloud') || isHidden(parent)) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) {
      continue;
    }

    const cell = parent.closest('td, th, dd, dt, li, h1, h2, h3, p, figcaption') ?? parent;
    const part = cell.closest('.panel, .bar') ?? wall;
    const place = [...part.classList, cell.closest('tr')?.className || cell.closest('tr')?.dataset.court].filter(Boolean).join(' ');
    const name = `"${node.data.trim()}" (${place} ${cell.localName})`;
    // The rectangle of a run of glyphs is taller than their ink: only the middle half counts.
    const ink = { left: box.left, right: box.right, top: box.top + box.height / 4, bottom: box.bottom - box.height / 4 };
    const leaves = (edge) => ink.left < edge.left - 1 || ink.right > edge.right + 1 || ink.top < edge.top - 1 || ink.bottom > edge.bottom + 1;

    const style = getComputedStyle(parent);
    const shortened = style.textOverflow === 'ellipsis' && /hidden|clip/.test(style.overflowX) && parent.scrollWidth > parent.clientWidth;
    if (shortened) {
      ink.right = Math.min(ink.right, parent.getBoundingClientRect().right);
      if (!mayShorten && parent.closest('th, .value, .name')) {
        faults.add(`${name} is shortened`);
      }
      if (!parent.closest('[title]')) {
        faults.add(`${name} is shortened, and its whole text stands nowhere`);
      }
    }

    const edge = cell.getBoundingClientRect();
    if (ink.left < edge.left - 1 || ink.right > edge.right + 1) {
      faults.add(`${name} is ${Math.round(box.width)} px wide in a cell of ${Math.round(edge.width)}`);
    }
    if (leaves(part.getBoundingClientRect())) {
      faults.add(`${name} leaves its part of the wall`);
    }
    if (leaves(edgeOfWall)) {
      faults.add(`${name} leaves the wall`);
    }
    if (isWall && leaves({ left: 0, top: 0, right: root.clientWidth, bottom: root.clientHeight })) {
      faults.add(`${name} is not on the screen`);
    }
    for (let at = parent; at !== part && at; at = at.parentElement) {
      if (/hidden|clip/.test(getComputedStyle(at).overflowX + getComputedStyle(at).overflowY) && leaves(at.getBoundingClientRect())) {
        faults.add(`${name} is cut off by ${at.localName}.${at.className}`);
      }
    }

    if (isWall) {
      const matrix = parent instanceof SVGElement ? parent.getScreenCTM().d : 1;
      const share = (parseFloat(style.fontSize) * matrix) / heightOfWall;
      const least = !parent.matches(mainFigures) ? smallestShare : node.data.trim().startsWith('−') ? negativeShare : mainShare;
      if (share < least - 0.0002) {
        faults.add(`${name} is 1/${(1 / share).toFixed(1)} of the height, less than 1/${Math.round(1 / least)}`);
      }
    }

    const ground = groundOf(parent);
    const contrast = contrastOf(over(parse(parent instanceof SVGElement ? style.fill : style.color), ground), ground);
    if (contrast < contrastLeast) {
      faults.add(`${name} has a contrast of ${contrast.toFixed(1)} : 1, less than ${contrastLeast}`);
    }
    texts.push({ name, bar: part.classList.contains('bar'), ...ink });
  }

  const overlap = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
  texts.sort((a, b) => a.left - b.left).forEach((a, index) => {
    for (let i = index + 1; i < texts.length && texts[i].left < a.right - 1; i++) {
      const b = texts[i];
      const isScrolledUnder = !isWall && a.bar !== b.bar; // A bar of a page that scrolls stays where it is.
      if (!isScrolledUnder && overlap(a, b, 'left', 'right') > 1 && overlap(a, b, 'top', 'bottom') > 1) {
        faults.add(`${a.name} overlaps ${b.name}`);
      }
    }
  });
  if (texts.length < 10) {
    faults.add(`only ${texts.length} texts are there to read`);
  }
  return [...faults];
}
