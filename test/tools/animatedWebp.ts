import type { Browser } from "playwright-core";
import { beEncoder, type Change, type Encoder } from "./frameEncoder.ts";

/** What a screen showed from a moment on. */
export interface Shot {
  /** A PNG file, of one size for all. */
  readonly png: Buffer;
  /** In ms. */
  readonly at: number;
}

/** What has changed, and how long it is shown, in ms. */
interface Frame extends Change {
  readonly duration: number;
}

/**
 * An animated WebP that shows these for as long as they were to be seen, again and again. Text stays crisp: of its colours at most
 * 255 are kept, and nothing else is lost. The browser's own encoder makes the frames.
 * @param hold how long the last one is shown, in ms
 */
export async function encodeAnimation(
  browser: Browser,
  shots: readonly Shot[],
  hold: number,
): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    await page.evaluate(beEncoder);
    const encoder = await page.evaluateHandle(() => (globalThis as unknown as Encoder).encoder);
    for (const { png } of shots) {
      await encoder.evaluate((encoder, png) => encoder.count(png), png.toString("base64"));
    }
    const frames: Frame[] = [];
    for (const [index, { png, at }] of shots.entries()) {
      const duration = Math.round((shots[index + 1]?.at ?? at + hold) - at);
      const change = await encoder.evaluate(
        (encoder, png) => encoder.encode(png),
        png.toString("base64"),
      );
      const last = frames.at(-1);
      if (change) frames.push({ ...change, duration });
      else if (last) frames[frames.length - 1] = { ...last, duration: last.duration + duration };
    }
    return joinFrames(frames);
  } finally {
    await page.close();
  }
}

/** Frames in one file, of which the first has the size of all (RFC 9649, 2.7). */
function joinFrames(frames: readonly Frame[]): Buffer {
  const { width = 1, height = 1 } = frames[0] ?? {};
  const head = Buffer.alloc(10);
  head.writeUInt8(0b0001_0010); // alpha, animation
  head.writeUIntLE(width - 1, 4, 3);
  head.writeUIntLE(height - 1, 7, 3);
  const animation = Buffer.alloc(6); // a transparent background, and no end
  const body = Buffer.concat([
    Buffer.from("WEBP"),
    chunk("VP8X", head),
    chunk("ANIM", animation),
    ...frames.map((frame) => chunk("ANMF", frameData(frame))),
  ]);
  return chunk("RIFF", body);
}

function frameData({ x, y, width, height, duration, webp }: Frame): Buffer {
  const head = Buffer.alloc(16); // its last byte: laid over what is there, which stays
  head.writeUIntLE(x / 2, 0, 3);
  head.writeUIntLE(y / 2, 3, 3);
  head.writeUIntLE(width - 1, 6, 3);
  head.writeUIntLE(height - 1, 9, 3);
  head.writeUIntLE(duration, 12, 3);
  return Buffer.concat([head, ...imageChunks(Buffer.from(webp, "base64"))]);
}

/** What of a WebP file is its picture, without what tells of it. */
function imageChunks(file: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 12; at < file.length;) {
    const size = file.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (/^(ALPH|VP8 |VP8L)$/.test(file.toString("latin1", at, at + 4))) {
      found.push(file.subarray(at, end));
    }
    at = end;
  }
  return found;
}

function chunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
