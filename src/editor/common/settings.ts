import * as vscode from "vscode";
import { loudnessBounds } from "../../export/audio/loudnessBounds.ts";
import { encodings, sampleRates, type Encoding } from "../../audio/pcm.ts";
import { apiVersions, type ApiVersion } from "../../protocol/clientMessage.ts";
import type { Pronunciation, WordPronunciations } from "../../script/model/script.ts";
import { plainEndpoint } from "../../session/connection/endpoint.ts";

const section = "scriptedSpeech";
const services = ["auto", "cartesia", "local"] as const;
const containers = ["wav", "raw"] as const;

/** The settings of one document. */
export interface DocumentSettings {
  readonly voice: string;
  readonly model: string;
  readonly language: string;
  /** The id of one of the voice's accents; "" for its own. */
  readonly accent: string;
  readonly normalization: string;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
  readonly container: (typeof containers)[number];
  /** Relative to the document; "" for beside it. */
  readonly audioFolder: string;
  /** More flush markers. */
  readonly markers: readonly string[];
  /** Words as they are written, and as they are said. */
  readonly pronunciations: WordPronunciations;
  readonly codeLens: boolean;
  /** Whether the gutter shows what is known of each segment's clip. */
  readonly gutter: boolean;
  /** Whether is shown what in a script will not be heard as it was meant. */
  readonly problems: boolean;
}

/** The settings that decide who is sent the text and the key, and what may be spent: the user's own alone. */
export interface UserSettings {
  readonly service: (typeof services)[number];
  readonly endpoint: string;
  readonly apiVersion: ApiVersion;
  readonly confirmAboveCharacters: number;
  /** How many contexts a run may have open at a time, 1 to 15. */
  readonly maxConcurrency: number;
  /** How many former takes are kept of each text, 0 to 50. */
  readonly takesKept: number;
  /** Whether the segments before what is spoken are always said first, for its prosody. */
  readonly alwaysInContext: boolean;
}

/** How scripts are exported. */
export interface ExportSettings {
  /** Silence between two segments of one file, and of captions for it; 0 to 60. */
  readonly gapSeconds: number;
  /** How files of segments are named. */
  readonly fileNames: string;
  /** Whether captions name the speakers. */
  readonly speakers: boolean;
  /** In LUFS: how loud sound is made; as it was spoken, where it is not given. */
  readonly loudness: number | undefined;
}

/** Tells one setting's value; what VS Code hands out may be of any type, for it checks none. */
type Read = (key: string) => { readonly value: unknown; readonly byDefault: unknown };

/** What was read, until a setting changes: providers ask with each keystroke, and VS Code copies each value that it hands out. */
const known: {
  readonly documents: Map<string, DocumentSettings>;
  user?: UserSettings | undefined;
} = {
  documents: new Map(),
};

/** Reads the settings that hold for a document. One of a wrong type counts as not set. */
export function readDocumentSettings(uri: vscode.Uri): DocumentSettings {
  const key = uri.toString();
  const settings = known.documents.get(key) ?? documentSettings(uri);
  known.documents.set(key, settings);
  return settings;
}

function documentSettings(uri: vscode.Uri): DocumentSettings {
  const read = readerFor(uri);
  const markers = read("flushMarkers").value;
  return {
    voice: ofType("string", read("voice")),
    model: ofType("string", read("model")),
    language: ofType("string", read("language")),
    accent: ofType("string", read("accent")).trim(),
    normalization: ofType("string", read("normalization")),
    encoding: oneOf(encodings, read("audio.encoding")),
    sampleRate: oneOf(sampleRates, read("audio.sampleRate")),
    container: oneOf(containers, read("audio.container")),
    audioFolder: ofType("string", read("audio.folder")),
    markers: Array.isArray(markers) ? markers.filter(isMarker) : [],
    pronunciations: pronunciationsOf(read("pronunciations").value),
    codeLens: ofType("boolean", read("codeLens.enabled")),
    gutter: ofType("boolean", read("gutter.enabled")),
    problems: ofType("boolean", read("problems.enabled")),
  };
}

/** Reads the settings of a document's exports. */
export function readExportSettings(uri: vscode.Uri): ExportSettings {
  const read = readerFor(uri);
  const { value, byDefault } = read("export.fileNames");
  const isName = typeof value === "string" && value.trim() !== "";
  return {
    gapSeconds: within(0, 60, read("export.gapSeconds")),
    fileNames: isName ? value : String(byDefault),
    speakers: ofType("boolean", read("export.speakers")),
    loudness: readLoudness(read("export.loudness").value),
  };
}

/** Nothing where it is set to nothing, or to what can't be. */
function readLoudness(value: unknown): number | undefined {
  const [least, most] = loudnessBounds;
  return typeof value === "number" && value >= least && value <= most ? value : undefined;
}

/** Reads the user's own settings; what a workspace says of them is not looked at, trusted or not. */
export function readUserSettings(): UserSettings {
  known.user ??= userSettings();
  return known.user;
}

function userSettings(): UserSettings {
  const settings = vscode.workspace.getConfiguration(section);
  const read: Read = (key) => {
    const found = settings.inspect<unknown>(key);
    return { value: found?.globalValue, byDefault: found?.defaultValue };
  };
  return {
    service: oneOf(services, read("service")),
    endpoint: plainEndpoint(ofType("string", read("endpoint"))),
    apiVersion: oneOf(apiVersions, read("apiVersion")),
    confirmAboveCharacters: ofType("number", read("confirmAboveCharacters")),
    maxConcurrency: Math.round(within(1, 15, read("maxConcurrency"))),
    takesKept: Math.round(within(0, 50, read("takes.keep"))),
    alwaysInContext: ofType("boolean", read("alwaysInContext")),
  };
}

/** Calls back when one of our settings has changed. */
export function onSettingsChanged(callback: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration(section)) return;
    known.documents.clear(); // before anyone who is told asks again
    known.user = undefined;
    callback();
  });
}

function readerFor(uri: vscode.Uri): Read {
  const settings = vscode.workspace.getConfiguration(section, uri);
  return (key) => ({
    value: settings.get<unknown>(key),
    byDefault: settings.inspect<unknown>(key)?.defaultValue,
  });
}

interface Types {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

/** The manifest has a default of the right type for each. */
function ofType<Name extends keyof Types>(name: Name, { value, byDefault }: ReturnType<Read>) {
  return (typeof value === name ? value : byDefault) as Types[Name];
}

/** A number in these bounds, both included. */
function within(least: number, most: number, read: ReturnType<Read>): number {
  return Math.min(most, Math.max(least, ofType("number", read)));
}

function oneOf<Value>(known: readonly Value[], { value, byDefault }: ReturnType<Read>): Value {
  return known.find((one) => one === value) ?? (byDefault as Value);
}

function pronunciationsOf(value: unknown): WordPronunciations {
  const entries: [string, unknown][] =
    typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([word, said]): [string, Pronunciation][] => {
      if (typeof said === "string") return [[word, said]];
      const { say, case: given } = (said ?? {}) as { say?: unknown; case?: unknown };
      if (typeof say !== "string") return [];
      return [[word, given === "ignore" ? { say, case: "ignore" } : say]];
    }),
  );
}

function isMarker(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
