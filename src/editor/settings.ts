import * as vscode from "vscode";
import { encodings, sampleRates, type Encoding } from "../audio/pcm.ts";
import { apiVersions, type ApiVersion } from "../protocol/clientMessage.ts";

const section = "scriptedSpeech";
const services = ["auto", "cartesia", "local"] as const;
const containers = ["wav", "raw"] as const;

/** The settings of one document. */
export interface DocumentSettings {
  readonly voice: string;
  readonly model: string;
  readonly language: string;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
  readonly container: (typeof containers)[number];
  /** Relative to the document; "" for beside it. */
  readonly audioFolder: string;
  /** More flush markers. */
  readonly markers: readonly string[];
  readonly codeLens: boolean;
}

/** The settings that decide who is sent the text and the key, and what may be spent: the user's own alone. */
export interface UserSettings {
  readonly service: (typeof services)[number];
  readonly endpoint: string;
  readonly apiVersion: ApiVersion;
  readonly confirmAboveCharacters: number;
}

/** Tells one setting's value; what VS Code hands out may be of any type, for it checks none. */
type Read = (key: string) => { readonly value: unknown; readonly byDefault: unknown };

/** Reads the settings that hold for a document. One of a wrong type counts as not set. */
export function readDocumentSettings(uri: vscode.Uri): DocumentSettings {
  const settings = vscode.workspace.getConfiguration(section, uri);
  const read: Read = (key) => ({
    value: settings.get<unknown>(key),
    byDefault: settings.inspect<unknown>(key)?.defaultValue,
  });
  const markers = read("flushMarkers").value;
  return {
    voice: ofType("string", read("voice")),
    model: ofType("string", read("model")),
    language: ofType("string", read("language")),
    encoding: oneOf(encodings, read("audio.encoding")),
    sampleRate: oneOf(sampleRates, read("audio.sampleRate")),
    container: oneOf(containers, read("audio.container")),
    audioFolder: ofType("string", read("audio.folder")),
    markers: Array.isArray(markers) ? markers.filter(isMarker) : [],
    codeLens: ofType("boolean", read("codeLens.enabled")),
  };
}

/** Reads the user's own settings; what a workspace says of them is not looked at, trusted or not. */
export function readUserSettings(): UserSettings {
  const settings = vscode.workspace.getConfiguration(section);
  const read: Read = (key) => {
    const found = settings.inspect<unknown>(key);
    return { value: found?.globalValue, byDefault: found?.defaultValue };
  };
  return {
    service: oneOf(services, read("service")),
    endpoint: ofType("string", read("endpoint")),
    apiVersion: oneOf(apiVersions, read("apiVersion")),
    confirmAboveCharacters: ofType("number", read("confirmAboveCharacters")),
  };
}

/** Calls back when one of our settings has changed. */
export function onSettingsChanged(callback: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) callback();
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

function oneOf<Value>(known: readonly Value[], { value, byDefault }: ReturnType<Read>): Value {
  return known.find((one) => one === value) ?? (byDefault as Value);
}

function isMarker(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
