import type * as vscode from "vscode";
import type { VoiceDirectory } from "../../session/voices/voiceDirectory.ts";
import type { Services } from "./services.ts";
import type { VoiceNames } from "./voiceNames.ts";

/** What choosing a voice needs of the extension. */
export interface VoiceParts {
  readonly services: Services;
  readonly names: VoiceNames;
  readonly directory: VoiceDirectory;
  readonly log: vscode.LogOutputChannel;
}
