import {
  chunksOf,
  concatenate,
  decodeText,
  encodeChunk,
  encodeText,
  readId,
  viewOf,
  words32,
} from "./riff.ts";

/** What a WAV file says about itself, in its `INFO` list. */
export interface WavInfo {
  /** `INAM` */
  readonly title?: string;
  /** `ICMT` */
  readonly comment?: string;
  /** `ISFT` */
  readonly software?: string;
}

/** A named place, or a named stretch, of the sound. */
export interface WavCue {
  /** Where it begins, in samples from the start. */
  readonly sample: number;
  /** How many samples it lasts; 0 for a place. */
  readonly length: number;
  readonly label: string;
}

/** What a WAV file says beside its samples. */
export interface WavNotes {
  readonly info: WavInfo;
  /** In the order of their places. */
  readonly cues: readonly WavCue[];
}

/** Chunks of a file: foreign tools have a dozen kinds of them. */
const mostChunks = 1_000;

/** How much of what a file says is taken. */
export interface NoteLimits {
  /** Cue points where the file has this title; where there are more, none is. */
  readonly cues: (title: string) => number;
  /** Bytes of the title and of the comment; a longer one is not. */
  readonly title: number;
  readonly comment: number;
}

const noLimits: NoteLimits = { cues: () => Infinity, title: Infinity, comment: Infinity };

/** The names of our texts in the `INFO` list. */
const infoIds = { title: "INAM", comment: "ICMT", software: "ISFT" } as const;

/**
 * A chunk of our own that holds `cue ` and its `LIST adtl` as a file would. Programs that convert sound, such as ffmpeg, take
 * cues of the file itself for chapters, which the words of a sentence are not.
 */
const hiddenId = "sspw";

/**
 * The chunks that say `notes` beside `count` samples: `cue ` with a `LIST adtl` of labels, then `LIST INFO`.
 * Cues outside the sound are moved to its edge.
 * @param hidden whether the cues are for `readWavNotes` alone, and no other program's.
 */
export function encodeWavNotes(
  { info, cues }: WavNotes,
  count: number,
  { hidden = false }: { readonly hidden?: boolean } = {},
): Uint8Array {
  const places = encodeCues(cues, count);
  const isHidden = hidden && places.length > 0;
  return concatenate([isHidden ? encodeChunk(hiddenId, [places]) : places, encodeInfo(info)]);
}

function encodeCues(cues: readonly WavCue[], count: number): Uint8Array {
  if (cues.length === 0) return new Uint8Array();
  const places = cues.map(({ sample }) => clamp(sample, count));
  const points = places.map((place, index) => words32(index + 1, place, "data", 0, 0, place));
  const labels = cues.map(({ label }, index) =>
    encodeChunk("labl", [words32(index + 1), encodeText(label)]),
  );
  const stretches = cues.flatMap(({ sample, length }, index) => {
    const place = places[index] ?? 0;
    const lasts = clamp(sample + length, count) - place;
    // Name, length, purpose, then country, language, dialect and code page, which are nobody's here.
    return lasts > 0 ? [encodeChunk("ltxt", [words32(index + 1, lasts, "rgn ", 0, 0)])] : [];
  });
  return concatenate([
    encodeChunk("cue ", [words32(cues.length), ...points]),
    encodeChunk("LIST", [words32("adtl"), ...labels, ...stretches]),
  ]);
}

function encodeInfo(info: WavInfo): Uint8Array {
  const texts = (["title", "comment", "software"] as const).flatMap((key) => {
    const text = info[key];
    return text === undefined ? [] : [encodeChunk(infoIds[key], [encodeText(text)])];
  });
  return texts.length === 0 ? new Uint8Array() : encodeChunk("LIST", [words32("INFO"), ...texts]);
}

function clamp(sample: number, count: number): number {
  return Math.max(0, Math.min(Math.round(sample) || 0, count));
}

/**
 * What runs of chunks say beside the samples: of cues the hidden ones, where there are any. Where something is said twice, the last word counts.
 * Never throws, whatever the bytes.
 */
export function readWavNotes(runs: readonly Uint8Array[], limits: NoteLimits = noLimits): WavNotes {
  const info = readInfo(runs, limits);
  const hidden = [...contentsOf(runs, hiddenId)];
  const cueRuns = hidden.length > 0 ? hidden : runs;
  const places = readPlaces(cueRuns, limits.cues(info.title ?? ""));
  const labels = new Map<number, Uint8Array>();
  const lengths = new Map<number, number>();
  for (const [kind, id, body] of entriesOf(cueRuns)) {
    if (kind !== "adtl" || body.length < 4) continue;
    const cue = viewOf(body).getUint32(0, true);
    if (!places.has(cue)) continue; // else a file of nothing but labels would be held whole
    if (id === "labl") labels.set(cue, body.subarray(4));
    if (id === "ltxt" && body.length >= 8) lengths.set(cue, viewOf(body).getUint32(4, true));
  }
  const cues = Array.from(places, ([cue, sample]) => ({
    sample,
    length: lengths.get(cue) ?? 0,
    label: decodeText(labels.get(cue) ?? new Uint8Array()),
  }));
  return { info, cues: cues.sort((a, b) => a.sample - b.sample) };
}

function readInfo(runs: readonly Uint8Array[], limits: NoteLimits): WavInfo {
  const texts = new Map<string, Uint8Array>();
  for (const [kind, id, body] of entriesOf(runs)) if (kind === "INFO") texts.set(id, body);
  const textOf = (key: keyof WavInfo, most: number): WavInfo => {
    const text = texts.get(infoIds[key]);
    return text && text.length <= most ? { [key]: decodeText(text) } : {};
  };
  return {
    ...textOf("title", limits.title),
    ...textOf("comment", limits.comment),
    ...textOf("software", limits.comment),
  };
}

/** The entries of all lists: the list's kind, the entry's id, and what it says. */
function* entriesOf(runs: readonly Uint8Array[]): Generator<[string, string, Uint8Array]> {
  for (const content of contentsOf(runs, "LIST")) {
    const kind = readId(content, 0);
    for (const entry of chunksOf(content, 4)) {
      yield [kind, entry.id, content.subarray(entry.start, entry.end)];
    }
  }
}

/** What the chunks of a kind say, as far as there are no more chunks than files have. */
function* contentsOf(runs: readonly Uint8Array[], kind: string): Generator<Uint8Array> {
  let left = mostChunks;
  for (const run of runs) {
    for (const { id, start, end } of chunksOf(run, 0)) {
      if (left-- === 0) return;
      if (id === kind) yield run.subarray(start, end);
    }
  }
}

/** Cue points by their names: 24 bytes each: name, position, chunk, chunk start, block start, sample offset. */
function readPlaces(runs: readonly Uint8Array[], most: number): Map<number, number> {
  const places = new Map<number, number>();
  for (const content of contentsOf(runs, "cue ")) {
    const view = viewOf(content);
    for (let offset = 4; offset + 24 <= content.length && places.size <= most; offset += 24) {
      places.set(view.getUint32(offset, true), view.getUint32(offset + 20, true));
    }
  }
  return places.size > most ? new Map<number, number>() : places;
}
