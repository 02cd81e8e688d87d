// A picture as a small grid: of each cell the mean luminance in 62 steps, and the hue of its colours, '.' where it has none.
// Coarse on purpose: what anti-aliasing changes is less than a step, what moves, vanishes or changes colour is more.
async ({ picture, columns, rows }) => {
  const side = 10; // Pixels of a cell after the picture was made smaller.
  const steps = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const hues = 'rygcbm';
  const colourful = 36; // Of 255 between the strongest and the weakest of red, green and blue.
  const shareOfColour = 0.02;

  const blob = await (await fetch(`data:image/png;base64,${picture}`)).blob();
  const bitmap = await createImageBitmap(blob, { resizeWidth: columns * side, resizeHeight: rows * side, resizeQuality: 'high' });
  const context = new OffscreenCanvas(columns * side, rows * side).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data, width } = context.getImageData(0, 0, columns * side, rows * side);

  const lines = [];
  for (let row = 0; row < rows; row++) {
    let light = '';
    let colour = '';
    for (let column = 0; column < columns; column++) {
      let luminance = 0;
      let count = 0;
      let x = 0;
      let y = 0;
      for (let i = 0; i < side * side; i++) {
        const at = 4 * ((row * side + Math.floor(i / side)) * width + column * side + (i % side));
        const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
        luminance += 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > colourful) {
          count++;
          x += red - (green + blue) / 2;
          y += (Math.sqrt(3) / 2) * (green - blue);
        }
      }
      light += steps[Math.min(steps.length - 1, Math.round(luminance / (side * side) / 2))];
      colour += count < shareOfColour * side * side ? '.' : hues[Math.round(((Math.atan2(y, x) / Math.PI) * 3 + 6)) % 6];
    }
    // Most cells have no colour: runs of the same are counted.
    lines.push(`${light} ${colour.replace(/(.)\1*/g, (run, hue) => (run.length > 1 ? run.length : '') + hue)}`);
  }
  return lines;
}
