/** What has changed in a picture since the one before it. */
export interface Change {
  /** From the left and the top, in even numbers of pixels, and its size. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A whole WebP file in Base64, transparent where nothing has changed. */
  readonly webp: string;
}

/** What `beEncoder` makes of a page. Pictures are PNG files of one size in Base64. */
export interface Encoder {
  readonly encoder: {
    /** Takes the picture's colours into account; to be called with all, before the first is encoded. */
    readonly count: (png: string) => Promise<void>;
    /** @returns undefined where nothing has changed */
    readonly encode: (png: string) => Promise<Change | undefined>;
  };
}

/** Runs in a page, which is an `Encoder` from then on. */
export function beEncoder(): void {
  /** In pixels; even, as the places of frames must be. */
  const tile = 16;
  /** With the transparent one they are 256: so many the encoder packs by far the best. */
  const mostColors = 255;
  const counts = new Map<number, number>();
  /** By each colour that there was: the one that stands for it. */
  let palette: Map<number, number> | undefined;
  let before: Uint32Array | undefined;

  async function read(png: string): Promise<ImageData> {
    const file = await (await fetch(`data:image/png;base64,${png}`)).blob();
    const bitmap = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    if (!canvas) throw new Error("The browser draws nothing.");
    canvas.drawImage(bitmap, 0, 0);
    return canvas.getImageData(0, 0, bitmap.width, bitmap.height);
  }

  async function count(png: string): Promise<void> {
    const { data } = await read(png);
    const pixels = new Uint32Array(data.buffer);
    for (let at = 0, end = 0; at < pixels.length; at = end) {
      const color = pixels[at] ?? 0;
      while (end < pixels.length && pixels[end] === color) end++;
      counts.set(color, (counts.get(color) ?? 0) + end - at);
    }
  }

  /** How far two colours are from each other: the most that a channel differs. */
  function distance(one: number, other: number): number {
    const of = (shift: number): number =>
      Math.abs(((one >>> shift) & 255) - ((other >>> shift) & 255));
    return Math.max(of(0), of(8), of(16));
  }

  /** The commonest colours stand for those that are like them, as few as are needed to be enough for all. */
  function choosePalette(): Map<number, number> {
    const colors = [...counts].sort(([, one], [, other]) => other - one).map(([color]) => color);
    for (let likeness = 0; ; likeness++) {
      const chosen: number[] = [];
      for (const color of colors) {
        if (chosen.length > mostColors) break;
        if (chosen.every((one) => distance(one, color) > likeness)) chosen.push(color);
      }
      if (chosen.length > mostColors) continue;
      const nearest = (color: number): number =>
        chosen.reduce((best, one) => (distance(one, color) < distance(best, color) ? one : best));
      return new Map(colors.map((color) => [color, nearest(color)]));
    }
  }

  async function encode(png: string): Promise<Change | undefined> {
    const image = await read(png);
    const { width, height } = image;
    const pixels = new Uint32Array(image.data.buffer);
    const stands = (palette ??= choosePalette());
    let [last, mapped] = [0, 0];
    for (let at = 0; at < pixels.length; at++) {
      const color = pixels[at] ?? 0;
      if (color !== last) [last, mapped] = [color, stands.get(color) ?? color];
      pixels[at] = mapped;
    }
    const known = before ?? new Uint32Array(pixels.length);
    before = pixels.slice();
    let [left, top, right, bottom] = [width, height, 0, 0];
    // Text is packed well where it is whole: so what has not changed goes tile by tile, and not pixel by pixel.
    for (let y = 0; y < height; y += tile) {
      for (let x = 0; x < width; x += tile) {
        if (!clearUnchanged(x, y)) continue;
        [left, right] = [Math.min(left, x), Math.max(right, Math.min(x + tile, width))];
        [top, bottom] = [Math.min(top, y), Math.min(y + tile, height)];
      }
    }
    if (right === 0) return undefined;
    const canvas = new OffscreenCanvas(right - left, bottom - top);
    canvas.getContext("2d")?.putImageData(image, -left, -top);
    const webp = await canvas.convertToBlob({ type: "image/webp", quality: 1 }); // 1 is lossless
    const bytes = new Uint8Array(await webp.arrayBuffer());
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return { x: left, y: top, width: canvas.width, height: canvas.height, webp: btoa(text) };

    /** Makes a tile transparent, unless one of its pixels is another than before. */
    function clearUnchanged(x: number, y: number): boolean {
      const end = Math.min(x + tile, width);
      const starts: number[] = [];
      for (let row = y; row < Math.min(y + tile, height); row++) starts.push(row * width);
      for (const start of starts) {
        for (let at = start + x; at < start + end; at++) if (pixels[at] !== known[at]) return true;
      }
      for (const start of starts) pixels.fill(0, start + x, start + end);
      return false;
    }
  }

  (globalThis as unknown as { encoder: Encoder["encoder"] }).encoder = { count, encode };
}
