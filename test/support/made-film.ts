/**
 * Runs in plain Node. A film of our own making for tests: WebM with VP8, every frame a key frame, so that any
 * place can be sought. A WebP picture is one VP8 key frame in another wrapping, which is where frames come from.
 */
import sharp from 'sharp';

export interface FilmPlan {
  seconds: number;
  framesPerSecond: number;
  width: number;
  height: number;
}

/** An EBML element: its id, its length in 8 bytes, its content. */
function element(id: number, ...content: readonly Buffer[]): Buffer {
  const idBytes: number[] = [];
  for (let rest = id; rest > 0; rest = Math.floor(rest / 256)) idBytes.unshift(rest % 256);
  const body = Buffer.concat(content);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(0x0100000000000000n | BigInt(body.length));
  return Buffer.concat([Buffer.from(idBytes), length, body]);
}

function whole(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(Math.round(value)));
  return bytes;
}

function real(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

const text = (value: string): Buffer => Buffer.from(value, 'latin1');

/** A clock's hand on a grey ground, so that each second can be told from the picture. */
async function paintFrame(plan: FilmPlan, second: number): Promise<Buffer> {
  const { width, height } = plan;
  const angle = (second / 60) * 2 * Math.PI;
  const [x, y] = [width / 2, height / 2];
  const reach = height * 0.4;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="#30343a"/><circle cx="${x}" cy="${y}" r="${reach}" fill="#555b63"/>` +
    `<line x1="${x}" y1="${y}" x2="${x + Math.sin(angle) * reach}" y2="${y - Math.cos(angle) * reach}" ` +
    `stroke="#e8e2d4" stroke-width="6"/></svg>`;
  const webp = await sharp(Buffer.from(svg)).flatten().webp({ quality: 40, effort: 0 }).toBuffer();
  return frameOfWebp(webp);
}

/** The VP8 frame inside a lossy WebP file. */
function frameOfWebp(webp: Buffer): Buffer {
  for (let at = 12; at + 8 <= webp.length;) {
    const size = webp.readUInt32LE(at + 4);
    if (webp.toString('latin1', at, at + 4) === 'VP8 ') return webp.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  throw new Error('no VP8 frame in this WebP');
}

/**
 * The film as a file. Its length is in its head, its places in an index, as a player wants them.
 * The picture changes once a second.
 */
export async function makeFilm(plan: FilmPlan): Promise<Buffer> {
  const count = Math.round(plan.seconds * plan.framesPerSecond);
  const frameMs = 1000 / plan.framesPerSecond;
  const info = element(
    0x1549a966,
    element(0x2ad7b1, whole(1_000_000)),
    element(0x4489, real(plan.seconds * 1000)),
    element(0x4d80, text('almagest test')),
    element(0x5741, text('almagest test')),
  );
  const track = element(
    0xae,
    element(0xd7, whole(1)),
    element(0x73c5, whole(1)),
    element(0x83, whole(1)),
    element(0x86, text('V_VP8')),
    element(0x23e383, whole(frameMs * 1e6)),
    element(0xe0, element(0xb0, whole(plan.width)), element(0xba, whole(plan.height))),
  );
  const head = Buffer.concat([info, element(0x1654ae6b, track)]);
  const clusters: Buffer[] = [];
  const cues: Buffer[] = [];
  let at = head.length;
  const pictures: Buffer[] = [];
  for (let second = 0; second < plan.seconds; second += 1) {
    pictures.push(await paintFrame(plan, second));
  }
  const inCluster = Math.max(1, Math.round(plan.framesPerSecond));
  for (let first = 0; first < count; first += inCluster) {
    const startMs = Math.round(first * frameMs);
    const blocks: Buffer[] = [];
    for (let frame = first; frame < Math.min(first + inCluster, count); frame += 1) {
      const blockHead = Buffer.from([0x81, 0, 0, 0x80]);
      blockHead.writeInt16BE(Math.round(frame * frameMs) - startMs, 1);
      const picture = pictures[Math.floor(frame / plan.framesPerSecond)] ?? Buffer.alloc(0);
      blocks.push(element(0xa3, blockHead, picture));
    }
    const cluster = element(0x1f43b675, element(0xe7, whole(startMs)), ...blocks);
    const place = element(0xb7, element(0xf7, whole(1)), element(0xf1, whole(at)));
    cues.push(element(0xbb, element(0xb3, whole(startMs)), place));
    clusters.push(cluster);
    at += cluster.length;
  }
  const ebml = element(
    0x1a45dfa3,
    element(0x4286, whole(1)),
    element(0x42f7, whole(1)),
    element(0x42f2, whole(4)),
    element(0x42f3, whole(8)),
    element(0x4282, text('webm')),
    element(0x4287, whole(4)),
    element(0x4285, whole(2)),
  );
  return Buffer.concat([
    ebml,
    element(0x18538067, head, ...clusters, element(0x1c53bb6b, ...cues)),
  ]);
}
