import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { ApiVersion } from "../protocol/clientMessage.ts";
import { Failure } from "./failure.ts";
import { readRefusal } from "./refusal.ts";

/** Where the service is reached and how it is told who asks. The headers hold the key: they are never logged. */
export interface Endpoint {
  /** A `ws:` or `wss:` URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The version of the API that the headers ask for, and whose shapes are sent. */
  readonly version: ApiVersion;
}

/** A text frame that came. */
export interface ReceivedFrame {
  readonly text: string;
  /** When it came, which may be long before it is taken; in milliseconds of the performance clock. */
  readonly at: number;
}

/** An open WebSocket. Text frames in, text frames out. */
export interface Connection {
  /** The version of the API that was agreed on. */
  readonly version: ApiVersion;
  /** Takes the key out of what the service said, for people to read: it may say back what it was sent. */
  readonly hide: (text: string) => string;
  /** Whether it is over: nothing can be sent any more, though what has come may still wait to be taken. */
  readonly over: boolean;
  /** Sends, unless the connection is over, of which `next` tells when all has been taken. */
  send(text: string): void;
  /**
   * The next frame.
   * @returns `undefined` where none came within `timeoutMs` milliseconds.
   * @throws Failure `offline` when the connection is over and all its frames have been taken; `protocol` for a frame that
   * is no text, too large, or against the rules of WebSockets; the signal's reason when aborted.
   */
  next(timeoutMs: number, signal: AbortSignal): Promise<ReceivedFrame | undefined>;
  /** Closes, at the latest after `timeoutMs` milliseconds; never fails. */
  close(timeoutMs: number): Promise<void>;
}

/** A frame of audio is a few dozen kilobytes; this leaves room for megabytes and refuses what would fill the memory. */
const maxFrameBytes = 64 << 20;

/**
 * Connects. No agent is given to `ws`, so VS Code's proxy settings apply, and redirects are not followed, so the
 * headers go to this URL alone.
 * @throws Failure what the service said where it refused; `offline` where it could not be reached in `timeoutMs`
 * milliseconds; the signal's reason when aborted.
 */
export async function connect(
  endpoint: Endpoint,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Connection> {
  signal.throwIfAborted();
  const socket = new WebSocket(endpoint.url, {
    headers: endpoint.headers,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    followRedirects: false,
  });
  const hide = secretHider(endpoint);
  const connection = new SocketConnection(socket, endpoint.version, hide); // listens before 'open', so that nothing is missed
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    await Promise.race([
      once(socket, "open", { signal: AbortSignal.any([signal, timeout]) }),
      refusal(socket, hide),
    ]);
    return connection;
  } catch (cause) {
    socket.terminate();
    signal.throwIfAborted();
    if (cause instanceof Failure) throw cause;
    const host = new URL(endpoint.url).host;
    const reason = timeout.aborted ? `no answer in ${timeoutMs / 1000} s` : reasonOf(cause);
    throw new Failure("offline", `Could not reach the speech service at ${host}: ${reason}.`, {
      cause,
    });
  }
}

/** Takes the key out of what is said by others: a service, or a proxy, may say back what it was sent. */
export function secretHider({ headers }: Endpoint): (text: string) => string {
  const secret = headers["Authorization"]?.replace(/^Bearer /, "");
  return secret ? (text) => text.replaceAll(secret, "<key>") : (text) => text;
}

/** Rejects when the server answers the upgrade with anything but 101, with what it says. */
function refusal(socket: WebSocket, hide: (text: string) => string): Promise<never> {
  return new Promise((_resolve, reject) => {
    socket.once("unexpected-response", (_request, response: IncomingMessage) => {
      void readRefusal(response, hide).then(reject);
    });
  });
}

/** What breaks a connection: the network, or frames against the rules of WebSockets. */
function codeOf(cause: Error): "offline" | "protocol" {
  return "code" in cause && String(cause.code).startsWith("WS_ERR_") ? "protocol" : "offline";
}

/** Why the service could not be reached, in words. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  switch (code) {
    case "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH":
      return `a frame was larger than ${maxFrameBytes >> 20} MiB`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "its address is not known; is this machine online?";
    case "ECONNREFUSED":
      return "the connection was refused";
    case "ECONNRESET":
      return "the connection was reset";
    case "CERT_HAS_EXPIRED":
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `its certificate is not trusted (${code}), so nothing was sent`;
    default:
      return cause instanceof Error && cause.message !== "" ? cause.message : code || "unknown";
  }
}

/** Frames queue here until they are asked for, so that none is lost between two waits. */
class SocketConnection implements Connection {
  readonly version: ApiVersion;
  readonly hide: (text: string) => string;
  readonly #socket: WebSocket;
  readonly #frames: (ReceivedFrame | Failure)[] = [];
  #wake: (() => void) | undefined;
  #over: Failure | undefined;

  constructor(socket: WebSocket, version: ApiVersion, hide: (text: string) => string) {
    this.#socket = socket;
    this.version = version;
    this.hide = hide;
    socket.on("message", (data: Buffer, isBinary) =>
      this.#arrive(
        isBinary
          ? new Failure("protocol", "The speech service sent a binary frame; only text is known.")
          : { text: data.toString("utf8"), at: performance.now() },
      ),
    );
    // The listener stays for the socket's whole life: ws raises 'error' after terminate(), too.
    socket.on("error", (cause) => {
      this.#end(codeOf(cause), `it broke: ${reasonOf(cause)}`, cause);
    });
    socket.on("close", (code, reason) => {
      const said = hide(reason.toString("utf8"));
      this.#end("offline", `it was closed (${code}${said === "" ? "" : `, “${said}”`})`);
    });
  }

  get over(): boolean {
    return this.#over !== undefined || this.#socket.readyState !== WebSocket.OPEN;
  }

  send(text: string): void {
    if (!this.over) this.#socket.send(text);
  }

  async next(timeoutMs: number, signal: AbortSignal): Promise<ReceivedFrame | undefined> {
    signal.throwIfAborted();
    if (this.#frames.length === 0 && !this.#over) await this.#wait(timeoutMs, signal);
    signal.throwIfAborted();
    const frame = this.#frames.shift();
    if (frame instanceof Failure) throw frame;
    if (frame) return frame;
    if (this.#over) throw this.#over;
    return undefined;
  }

  async close(timeoutMs: number): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, "close", { signal: AbortSignal.timeout(timeoutMs) });
    this.#socket.close(1000);
    await closed.catch(() => this.#socket.terminate());
  }

  #wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        if (this.#wake !== end) return; // it has ended, and another wait may have begun
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        this.#wake = undefined;
        resolve();
      };
      // Where this process was busy for as long, frames are there, and not read: they come before this.
      const timer = setTimeout(() => setImmediate(end), timeoutMs);
      signal.addEventListener("abort", end, { once: true });
      this.#wake = end;
    });
  }

  #arrive(frame: ReceivedFrame | Failure): void {
    this.#frames.push(frame);
    this.#wake?.();
  }

  #end(code: "offline" | "protocol", how: string, cause?: unknown): void {
    this.#over ??= new Failure(code, `The connection to the speech service ended: ${how}.`, {
      cause,
    });
    this.#wake?.();
  }
}
