import { join } from "node:path";
import type { LocalVoice } from "../localVoice/localVoice.ts";
import { newestVersion } from "../protocol/clientMessage.ts";
import type { Endpoint } from "../session/connection/connection.ts";
import {
  cartesiaEndpoint,
  endpointAt,
  isCartesia,
  isSendable,
  isUsable,
  plainEndpoint,
  serviceNameOf,
  shownEndpoint,
} from "../session/connection/endpoint.ts";
import { clauseOf, Failure } from "../session/connection/failure.ts";
import { UsageError } from "./exitCodes.ts";

/** What speaks. */
export interface Speaker {
  /** Its part in a clip's identity, as in the extension. */
  readonly name: string;
  /** Which voice is heard and why, in a sentence. */
  readonly label: string;
  /**
   * Where it is reached; starts the local voice.
   * @throws Failure `no-key` where a key is needed and there is none; `offline` where the local voice does not start.
   */
  readonly endpoint: () => Promise<Endpoint>;
  /** Ends the local voice, where it was started. */
  readonly close: () => Promise<void>;
}

/** What choosing depends on. */
export interface SpeakerContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of our bundles. */
  readonly dist: string;
}

/** The speech services by their names on the command line. */
export const serviceNames = ["local", "cartesia"] as const;

/** Who is asked to speak; where nothing is said, the environment decides. */
export interface ServiceRequest {
  readonly service?: (typeof serviceNames)[number] | undefined;
  readonly endpoint?: string | undefined;
}

/**
 * Chooses who speaks. The key of the environment goes to Cartesia's own endpoint; to another only where `--endpoint` names it
 * in the same command, for an environment variable may have been set long ago, by somebody else.
 * @throws UsageError
 */
export function chooseSpeaker(given: ServiceRequest, { env, dist }: SpeakerContext): Speaker {
  const asked = given.service;
  const key = env["CARTESIA_API_KEY"]?.trim() ?? "";
  const elsewhere =
    given.endpoint ?? (asked === "local" ? undefined : env[endpointVariable]?.trim());
  if (asked === "local" && given.endpoint !== undefined) {
    throw new UsageError("The local voice has no --endpoint. Leave one of the two out.");
  }
  if (asked === "local" || (asked === undefined && key === "" && !elsewhere)) {
    return localSpeaker(dist, asked === undefined);
  }
  const endpoint = plainEndpoint(elsewhere || cartesiaEndpoint);
  if (!isUsable(endpoint)) {
    const named = given.endpoint === undefined ? endpointVariable : "--endpoint";
    throw new UsageError(
      `${named} is “${shownEndpoint(endpoint)}”. It must begin with wss://, or with ws:// for this machine, and have no query, name or password.`,
    );
  }
  return remoteSpeaker(endpoint, { key, isNamed: given.endpoint !== undefined });
}

const endpointVariable = "SCRIPTED_SPEECH_ENDPOINT";

function remoteSpeaker(
  endpoint: string,
  { key, isNamed }: { readonly key: string; readonly isNamed: boolean },
): Speaker {
  const name = serviceNameOf(endpoint);
  const who = isCartesia(endpoint) ? "Cartesia" : `Cartesia’s protocol at ${name}`;
  return {
    name,
    label: `${who} speaks${key === "" ? "" : ", with the key from CARTESIA_API_KEY"}.`,
    endpoint: () =>
      Promise.resolve().then(() =>
        endpointAt(endpoint, keyFor(endpoint, key, isNamed), newestVersion),
      ),
    close: () => Promise.resolve(),
  };
}

/** @throws Failure `no-key` */
function keyFor(endpoint: string, key: string, isNamed: boolean): string {
  if (key === "") {
    throw new Failure(
      "no-key",
      "There is no API key. Set CARTESIA_API_KEY, or use --service local.",
    );
  }
  if (!isSendable(key)) {
    throw new Failure("no-key", "CARTESIA_API_KEY holds signs that no key has. Copy it again.");
  }
  if (isCartesia(endpoint) || isNamed) return key;
  throw new Failure(
    "no-key",
    `The key is not sent to “${endpoint}” because ${endpointVariable} alone names it. Give it with --endpoint, too, if that is meant.`,
  );
}

function localSpeaker(dist: string, isKeyless: boolean): Speaker {
  let voice: Promise<LocalVoice> | undefined;
  const why = isKeyless ? ", because CARTESIA_API_KEY is not set" : "";
  return {
    name: "local",
    label: `The local voice speaks (English, offline)${why}.`,
    endpoint: async () => {
      const { url, token } = await (voice ??= startVoice(dist));
      return endpointAt(url, token, newestVersion);
    },
    close: async () => {
      const running = await voice?.catch(() => undefined);
      voice = undefined;
      await running?.close();
    },
  };
}

async function startVoice(dist: string): Promise<LocalVoice> {
  try {
    const { startLocalVoice } = await import("../localVoice/localVoice.ts");
    return await startLocalVoice({
      workerPath: join(dist, "localVoiceWorker.js"),
      wasmPath: join(dist, "flite.wasm.br"),
    });
  } catch (cause) {
    const reason = clauseOf(cause instanceof Error ? cause.message : String(cause));
    throw new Failure("offline", `The local voice did not start: ${reason}.`, { cause });
  }
}
