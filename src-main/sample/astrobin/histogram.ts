/** Runs in plain Node, in a painter's thread; pure. How often each brightness occurs in a picture, as a drawing. */

/** How often each of 256 values occurs in red, green and blue. */
export function countLevels(pixels: Uint8Array): Uint32Array[] {
  const levels = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)];
  for (let at = 0; at < pixels.length; at += 1) {
    const channel = levels[at % 3] as Uint32Array;
    const value = pixels[at] as number;
    channel[value] = (channel[value] as number) + 1;
  }
  return levels;
}

const colours = ['#ff5a5a', '#59d98c', '#6aa4ff'];

/** The three curves as SVG; heights by square root, so that the few bright pixels show. */
export function histogramSvg(
  levels: readonly Uint32Array[],
  width: number,
  height: number,
): string {
  const most = Math.max(1, ...levels.map((channel) => channel.reduce((a, b) => Math.max(a, b), 0)));
  const curves = levels.map((channel, at) => {
    const points = Array.from(channel, (count, value) => {
      const x = (value / 255) * width;
      const y = height - Math.sqrt(count / most) * (height - 4);
      return `L${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    const colour = colours[at] ?? '#ffffff';
    return `<path d="M0 ${height}${points.join('')}L${width} ${height}Z" fill="${colour}" fill-opacity="0.35" stroke="${colour}" stroke-width="1"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#111418"/>${curves.join('')}</svg>`;
}
