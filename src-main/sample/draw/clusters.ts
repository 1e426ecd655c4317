/** Runs in plain Node, in the painter's thread; pure. Fields and crowds of stars, and comets before them. */
import { createRandom } from '../random.ts';
import { fbm2, octavesFor, ridged2 } from './noise.ts';
import { paintSoft } from './pixels.ts';
import { drawStars, scatterStars, splatGlow, starFlux, starTint } from './stars.ts';
import type { Optics, Star } from './stars.ts';
import { clamp, frameOf, reachOf, smoothstep } from './tile.ts';
import type { Scene, Tile } from './tile.ts';

/** A globular cluster: thousands of stars, crowded by King's law. */
export function drawGlobular(seed: number, aspect: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const core = random.between(0.11, 0.19);
  const [x, y] = [random.between(-0.06, 0.06), random.between(-0.06, 0.06)];
  const stars: Star[] = Array.from({ length: 6400 }, () => {
    // Inverse of the crowd within a radius, cut at the cluster's edge.
    const share = random.next() * 0.985;
    const radius = core * Math.sqrt(Math.pow(1 - share, -1.1) - 1) * 0.9;
    const angle = random.between(0, Math.PI * 2);
    const blue = random.next() < 0.16;
    const flux = starFlux(random, 0.075, 5, 1.2);
    return {
      x: x + Math.cos(angle) * radius,
      y: y + Math.sin(angle) * radius,
      flux,
      tint: blue ? starTint(random, 0.1) : starTint(random, flux > 0.7 ? 0.82 : 0.55),
    };
  });
  stars.push(
    ...scatterStars(random, reach, { perUnit: 110, faintest: 0.1, most: 12, warmth: 0.5 }),
  );
  const optics: Optics = {
    core: 0.0018,
    halo: 0.03,
    spikes: random.pick([0, 4] as const),
    turn: 0.4,
  };
  return {
    paint(tile) {
      tile.data.fill(0.01);
      const { half } = frameOf(tile);
      const cx = (x * half + tile.width / 2) | 0;
      const cy = y * half + tile.height / 2 - tile.top;
      splatGlow(tile, cx, cy, half * 1.1, half * core * 1.3, 0.34, [1, 0.9, 0.72]);
      drawStars(tile, stars, optics);
    },
  };
}

/** An open cluster: few, young and bright, with a breath of blue dust round them. */
export function drawOpenCluster(seed: number, aspect: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const shift = random.between(0, 200);
  const members: Star[] = Array.from({ length: 70 }, (_, order) => ({
    x: random.bell() * 0.34 * Math.min(reach.x, 1.3),
    y: random.bell() * 0.32 * Math.min(reach.y, 1.3),
    flux: order < 9 ? random.between(14, 52) : starFlux(random, 0.8, 10, 0.9),
    tint: order % 7 === 6 ? starTint(random, 0.85) : starTint(random, 0.08),
  }));
  const field = scatterStars(random, reach, { perUnit: 520, faintest: 0.1, most: 6, warmth: 0.55 });
  const bright = members.slice(0, 9);
  const optics: Optics = { core: 0.0018, halo: 0.085, spikes: 4, turn: random.between(0, 1.5) };
  return {
    paint(tile) {
      paintBlueDust(tile, bright, shift);
      drawStars(tile, field, { ...optics, spikes: 0 });
      drawStars(tile, members, optics);
    },
  };
}

function paintBlueDust(tile: Tile, bright: readonly Star[], shift: number): void {
  const { pixel } = frameOf(tile);
  const octaves = octavesFor(0.5, pixel, 7);
  paintSoft(tile, (x, y, out) => {
    let lit = 0;
    for (const star of bright) {
      const dx = x - star.x;
      const dy = y - star.y;
      lit += star.flux / (1 + (dx * dx + dy * dy) * 60);
    }
    const warp = fbm2(x * 1.1 + shift, y * 1.1, 3);
    const wisps = fbm2(x * 2.4 + shift + warp * 1.2, y * 1.5 + warp * 2 + 9, octaves);
    const gas = clamp(0.36 + wisps * 1.1 + warp * 0.3, 0, 1.2) * clamp(lit * 0.019, 0, 0.75);
    out[0] = 0.012 + gas * 0.4;
    out[1] = 0.014 + gas * 0.58;
    out[2] = 0.022 + gas * 0.98;
  });
}

/** A rich field; look 'band' lays the Milky Way with its rifts across it. */
export function drawStarField(seed: number, aspect: number, look: string): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const shift = random.between(0, 200);
  const turn = random.between(-0.9, 0.9);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const offset = random.between(-0.25, 0.25);
  const band = look === 'band';
  const width = random.between(0.3, 0.46);
  const stars = scatterStars(random, reach, {
    perUnit: band ? 900 : 1250,
    faintest: 0.07,
    most: 40,
    warmth: random.between(0.35, 0.6),
    slope: 1.2,
  });
  if (band) {
    for (let count = 0; count < 5200; count += 1) {
      const along = random.between(-2.4, 2.4);
      const across = random.bell() * width * 0.62 + offset;
      const x = along * cos - across * sin;
      const y = along * sin + across * cos;
      if (Math.abs(x) > reach.x || Math.abs(y) > reach.y) continue;
      stars.push({ x, y, flux: starFlux(random, 0.07, 4, 1.5), tint: starTint(random, 0.6) });
    }
  }
  const optics: Optics = {
    core: 0.0016,
    halo: 0.045,
    spikes: band ? 0 : 4,
    turn: random.between(0, 1.5),
  };
  return {
    paint(tile) {
      if (band) paintBand(tile, { shift, cos, sin, offset, width });
      else paintHaze(tile, shift);
      drawStars(tile, stars, optics);
    },
  };
}

function paintHaze(tile: Tile, shift: number): void {
  paintSoft(tile, (x, y, out) => {
    const cloud = fbm2(x * 0.9 + shift, y * 0.9, 4);
    const glow = clamp(0.03 + cloud * 0.05, 0.006, 0.09);
    out[0] = glow * 0.86;
    out[1] = glow * 0.84;
    out[2] = glow;
  });
}

function paintBand(
  tile: Tile,
  way: { shift: number; cos: number; sin: number; offset: number; width: number },
): void {
  const { pixel } = frameOf(tile);
  const octaves = octavesFor(0.7, pixel, 8);
  paintSoft(tile, (fx, fy, out) => {
    const along = fx * way.cos + fy * way.sin;
    const across = (fy * way.cos - fx * way.sin - way.offset) / way.width;
    const warp = fbm2(along * 1.1 + way.shift, across * 0.7 + 3, 4);
    const cloud = fbm2(along * 1.9 + way.shift + warp, across * 1.1 + warp * 1.4, octaves);
    const rift = ridged2(
      along * 1.1 + way.shift + 50 + warp * 0.8,
      across * 0.75 + warp * 0.9,
      octaves,
    );
    const bulge = 1 + 0.9 * Math.exp(-along * along * 2.2);
    const body =
      Math.exp(-across * across * (0.9 / bulge)) * (0.34 + cloud * 0.34) * (0.72 + 0.34 * bulge);
    const lane = Math.exp(-Math.pow((across + warp * 0.5) / 0.62, 2));
    const dark = clamp(
      (smoothstep(0.34, 0.72, rift) + smoothstep(0.05, 0.4, -warp) * 0.7) * lane,
      0,
      0.9,
    );
    const light = Math.max(0, body) * (1 - dark) + 0.018;
    const rose = smoothstep(0.3, 0.55, cloud) * Math.exp(-across * across * 3) * 0.1;
    const warm = 1 - Math.exp(-across * across * 1.2) * 0.5;
    out[0] = light * 1.02 + rose + dark * body * 0.16;
    out[1] = light * (0.84 + 0.06 * warm) + rose * 0.3 + dark * body * 0.07;
    out[2] = light * (0.68 + 0.32 * warm) + rose * 0.5;
  });
}

/** A comet with its two tails. */
export function drawComet(seed: number, aspect: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const way = random.pick([-1, 1] as const);
  // The head low on one side, the tails towards the far corner.
  const head = {
    x: way * reach.x * random.between(-0.5, -0.3),
    y: reach.y * random.between(0.3, 0.52),
  };
  const angle =
    Math.atan2(-reach.y * 0.62 - head.y, way * reach.x * 0.75 - head.x) + random.between(-0.1, 0.1);
  const plan = {
    ...head,
    cos: Math.cos(angle),
    sin: Math.sin(angle),
    bend: random.between(0.12, 0.3) * way,
    shift: random.between(0, 200),
    green: random.between(0.3, 1),
  };
  const stars = scatterStars(random, reach, {
    perUnit: 330,
    faintest: 0.09,
    most: 14,
    warmth: 0.45,
  });
  return {
    paint(tile) {
      paintTails(tile, plan);
      const { half } = frameOf(tile);
      const cx = plan.x * half + tile.width / 2;
      const cy = plan.y * half + tile.height / 2 - tile.top;
      splatGlow(tile, cx, cy, half * 0.4, half * 0.03, 0.85, [0.8 - plan.green * 0.3, 1, 0.86]);
      splatGlow(tile, cx, cy, half * 0.07, half * 0.009, 1.7, [1, 0.98, 0.92]);
      drawStars(tile, stars, { core: 0.0016, halo: 0.045, spikes: 0, turn: 0 });
    },
  };
}

function paintTails(
  tile: Tile,
  plan: {
    x: number;
    y: number;
    cos: number;
    sin: number;
    bend: number;
    shift: number;
    green: number;
  },
): void {
  const { pixel } = frameOf(tile);
  const octaves = octavesFor(0.3, pixel, 6);
  paintSoft(tile, (fx, fy, out) => {
    const sky = 0.014 + 0.012 * (fy + 1);
    const dx = fx - plan.x;
    const dy = fy - plan.y;
    const along = dx * plan.cos + dy * plan.sin;
    const across = dy * plan.cos - dx * plan.sin;
    let dust = 0;
    let ions = 0;
    if (along > -0.1) {
      const from = Math.max(0, along);
      const start = smoothstep(-0.03, 0.06, along);
      const wide = 0.028 + from * 0.3;
      const off = (across - plan.bend * from * from) / wide;
      const lines = fbm2(off * 2.6 + plan.shift, from * 0.9, octaves);
      dust =
        start *
        Math.exp(-off * off * 1.5) *
        Math.exp(-from * 1.05) *
        (0.72 + lines * 0.5) *
        0.8 *
        Math.min(1, 0.1 / wide + 0.4);
      const thin = 0.014 + from * 0.055;
      const sway = fbm2(from * 3 + plan.shift, 5, 3) * 0.05 * from;
      const ray = (across + sway + from * 0.03 * Math.sign(plan.bend)) / thin;
      const threads = fbm2(ray * 1.6 + plan.shift, from * 1.3 + 40, octaves);
      ions =
        start *
        Math.exp(-ray * ray * 0.55) *
        Math.exp(-from * 0.72) *
        clamp(0.42 + threads * 1.15, 0, 1.3) *
        0.62;
    }
    out[0] = sky * 0.7 + dust * 1 + ions * 0.3;
    out[1] = sky * 0.85 + dust * 0.9 + ions * 0.55;
    out[2] = sky * 1.25 + dust * 0.72 + ions * 1;
  });
}
