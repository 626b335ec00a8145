import * as vscode from "vscode";
import type { Encoding } from "../audio/pcm.ts";
import type { ApiVersion } from "../protocol/clientMessage.ts";

const section = "scriptedSpeech";

/** The settings of one document. */
export interface DocumentSettings {
  readonly voice: string;
  readonly model: string;
  readonly language: string;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
  readonly container: "wav" | "raw";
  /** Relative to the document; "" for beside it. */
  readonly audioFolder: string;
  /** More flush markers. */
  readonly markers: readonly string[];
  readonly codeLens: boolean;
}

/** The settings that decide who is sent the text and the key, and what may be spent: the user's own alone. */
export interface UserSettings {
  readonly service: "auto" | "cartesia" | "local";
  readonly endpoint: string;
  readonly apiVersion: ApiVersion;
  readonly confirmAboveCharacters: number;
}

/** Reads the settings that hold for a document. */
export function readDocumentSettings(uri: vscode.Uri): DocumentSettings {
  const settings = vscode.workspace.getConfiguration(section, uri);
  return {
    voice: settings.get("voice", ""),
    model: settings.get("model", ""),
    language: settings.get("language", ""),
    encoding: settings.get<Encoding>("audio.encoding", "pcm_f32le"),
    sampleRate: settings.get("audio.sampleRate", 44100),
    container: settings.get<"wav" | "raw">("audio.container", "wav"),
    audioFolder: settings.get("audio.folder", ""),
    markers: settings.get<readonly unknown[]>("flushMarkers", []).filter(isMarker),
    codeLens: settings.get("codeLens.enabled", true),
  };
}

/** Reads the user's own settings; what a workspace says of them is not looked at, trusted or not. */
export function readUserSettings(): UserSettings {
  const settings = vscode.workspace.getConfiguration(section);
  const own = <T>(key: string): T => {
    const found = settings.inspect<T>(key);
    return (found?.globalValue ?? found?.defaultValue) as T;
  };
  return {
    service: own("service"),
    endpoint: own("endpoint"),
    apiVersion: own("apiVersion"),
    confirmAboveCharacters: own("confirmAboveCharacters"),
  };
}

/** Calls back when one of our settings has changed. */
export function onSettingsChanged(callback: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) callback();
  });
}

function isMarker(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
