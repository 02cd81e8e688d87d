// Where arrow keys lead in a grid of tiles whose columns nobody counted: by where the tiles really are.

/**
 * @param {{left: number, top: number, width: number, height: number}[]} boxes
 * @param {number} from
 * @param {'ArrowLeft'|'ArrowRight'|'ArrowUp'|'ArrowDown'|'Home'|'End'} key
 * @returns {number} Where it leads; `from` when nothing lies there.
 */
export function nextOf(boxes, from, key) {
  if (key === 'Home' || key === 'End') {
    return key === 'Home' ? 0 : boxes.length - 1;
  }
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    return Math.min(boxes.length - 1, Math.max(0, from + (key === 'ArrowRight' ? 1 : -1)));
  }
  const own = boxes[from];
  const isDown = key === 'ArrowDown';
  let best = from;
  let least = Infinity;
  boxes.forEach((box, index) => {
    const down = isDown ? box.top - own.top : own.top - box.top;
    if (index !== from && down > own.height / 4) {
      const across = Math.abs(box.left + box.width / 2 - (own.left + own.width / 2));
      const distance = down * 4 + across;
      if (distance < least) {
        least = distance;
        best = index;
      }
    }
  });
  return best;
}
