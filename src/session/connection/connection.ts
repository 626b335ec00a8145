import * as l10n from "@vscode/l10n";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { ApiVersion } from "../../protocol/clientMessage.ts";
import {
  MalformedFrame,
  readServerMessage,
  redactFrame,
  type ServerMessage,
} from "../../protocol/serverMessage.ts";
import { ContextInbox } from "./contextInbox.ts";
import { clauseOf, Failure, failureFromService } from "./failure.ts";
import { FrameAllowance } from "./frameAllowance.ts";
import { serviceLimits } from "./sessionLimits.ts";
import { readRefusal } from "./refusal.ts";

/** Where the service is reached and how it is told who asks. The headers hold the key: they are never logged. */
export interface Endpoint {
  /** A `ws:` or `wss:` URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The version of the API that the headers ask for, and whose shapes are sent. */
  readonly version: ApiVersion;
}

/** An open WebSocket, which several contexts share. */
export interface Connection {
  /** The version of the API that was agreed on. */
  readonly version: ApiVersion;
  /** Takes the key out of what the service said, for people to read: it may say back what it was sent. */
  readonly hide: (text: string) => string;
  /** Whether it is over: nothing can be sent any more, though what has come may still wait to be taken. */
  readonly over: boolean;
  /** Whether the service has closed it in good order (RFC 6455, code 1000): what it had to say has come. */
  readonly closedInOrder: boolean;
  /** When the last frame came, on the performance clock, in milliseconds; before the first, when it was opened. */
  readonly heardAt: number;
  /** Sends, unless the connection is over, of which the inboxes tell. */
  send(text: string): void;
  /**
   * Where the messages of this context come in from now on. What comes of contexts without an inbox is dropped. Where more
   * comes than `allowance` says, the connection is over.
   */
  open(contextId: string, allowance: FrameAllowance): ContextInbox;
  /** Ends all contexts that are open, as if this had befallen them: each takes what has come before, and then throws it. */
  fail(failure: Failure): void;
  /** Closes, at the latest after `timeoutMs` milliseconds; never fails. */
  close(timeoutMs: number): Promise<void>;
}

/**
 * Connects. No agent is given to `ws`, so VS Code's proxy settings apply, and redirects are not followed, so the
 * headers go to this URL alone.
 * @throws Failure what the service said where it refused; `offline` where it could not be reached in `timeoutMs`
 * milliseconds; the signal's reason when aborted.
 * @param trace takes one line for the log for each frame sent and received, without audio.
 */
export async function connect(
  endpoint: Endpoint,
  timeoutMs: number,
  signal: AbortSignal,
  trace: (line: string) => void = () => {},
): Promise<Connection> {
  signal.throwIfAborted();
  const socket = new WebSocket(endpoint.url, {
    headers: endpoint.headers,
    perMessageDeflate: false,
    maxPayload: serviceLimits.frame,
    followRedirects: false,
  });
  const hide = secretHider(endpoint);
  const { version } = endpoint;
  const connection = new SocketConnection(socket, { version, hide, trace }); // listens before 'open', so that nothing is missed
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  socket.once("unexpected-response", () => clearTimeout(timer)); // it has answered, however slowly it goes on
  try {
    await Promise.race([
      once(socket, "open", { signal: AbortSignal.any([signal, timeout.signal]) }),
      refusal(socket, hide),
    ]);
    return connection;
  } catch (cause) {
    socket.terminate();
    signal.throwIfAborted();
    if (cause instanceof Failure) throw cause;
    const host = new URL(endpoint.url).host;
    const reason = timeout.signal.aborted ? noAnswerIn(timeoutMs) : hide(reasonOf(cause));
    throw unreachable(host, reason, cause);
  } finally {
    clearTimeout(timer);
  }
}

/** `reason`: a clause without an end. */
export function unreachable(host: string, reason: string, cause: unknown): Failure {
  const sentence = l10n.t("Could not reach the speech service at {0}: {1}.", host, reason);
  return new Failure("offline", sentence, { cause });
}

/** Such a reason. */
export function noAnswerIn(milliseconds: number): string {
  return l10n.t("no answer in {0} s", milliseconds / 1000);
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

/** Codes of certificates that are not taken: OpenSSL's, and those of Node for names. */
const ofCertificate =
  /^(CERT_|DEPTH_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT)/;

/** What ws says of an answer to its handshake. */
const ofHandshake = /^(Invalid (Upgrade|Sec-WebSocket)|Server sent )/;

/** Why the service could not be reached, in words: a clause without an end. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (ofCertificate.test(code)) {
    return l10n.t("its certificate is not trusted ({0}), so nothing was sent", code);
  }
  // What OpenSSL says is a line of its source: "…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…".
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    return l10n.t("it does not speak TLS as wss:// needs it ({0})", code);
  }
  const said = cause instanceof Error ? clauseOf(cause.message) : "";
  // What Node and ws say of an answer that is none are names of their parsers' states, and of headers.
  if (code.startsWith("HPE_") || (code === "" && ofHandshake.test(said))) {
    return l10n.t("what answers there is no WebSocket service ({0})", code || said);
  }
  switch (code) {
    case "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH":
      return l10n.t("a frame was larger than {0} MiB", serviceLimits.frame >> 20);
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return l10n.t("its address is not known, or this machine is not online");
    case "ECONNREFUSED":
      return l10n.t("the connection was refused");
    case "ECONNRESET":
    case "EPIPE":
      return l10n.t("the connection was reset");
    case "ETIMEDOUT":
    case "ENETUNREACH":
    case "EHOSTUNREACH":
      return l10n.t("no way leads there, or this machine is not online");
    default:
      if (code.startsWith("WS_ERR_")) {
        return l10n.t("a frame was against the rules of WebSockets ({0})", code);
      }
      return said || code || l10n.t("unknown");
  }
}

/** Sorts what comes by context. */
class SocketConnection implements Connection {
  readonly version: ApiVersion;
  readonly hide: (text: string) => string;
  heardAt = performance.now();
  readonly #socket: WebSocket;
  readonly #trace: (line: string) => void;
  readonly #inboxes = new Map<string, ContextInbox>();
  /** By the ids of contexts that are open, how much may come of them. */
  readonly #allowances = new Map<string, FrameAllowance>();
  /** How much may come of contexts that are over, which may have been on its way, and of others. */
  readonly #strays = new FrameAllowance();
  #over: Failure | undefined;
  closedInOrder = false;

  constructor(
    socket: WebSocket,
    {
      version,
      hide,
      trace,
    }: Pick<Connection, "version" | "hide"> & { readonly trace: (line: string) => void },
  ) {
    this.#socket = socket;
    this.#trace = trace;
    this.version = version;
    this.hide = hide;
    socket.on("message", (data: Buffer, isBinary) => {
      this.heardAt = performance.now();
      if (data.length === 0) return; // nothing is lost with it
      if (!isBinary) return this.#take(data.toString("utf8"));
      this.fail(unreadable(l10n.t("The speech service sent a binary frame; only text is known.")));
    });
    // The listener stays for the socket's whole life: ws raises 'error' after terminate(), too.
    socket.on("error", (cause) => {
      this.#end(codeOf(cause), l10n.t("it broke: {0}", reasonOf(cause)), cause);
    });
    socket.on("close", (code, reason) => {
      this.closedInOrder = code === 1000;
      const said = clauseOf(hide(reason.toString("utf8")));
      this.#end(
        "offline",
        said === ""
          ? l10n.t("it was closed ({0})", code)
          : l10n.t("it was closed ({0}, “{1}”)", code, said),
      );
    });
  }

  get over(): boolean {
    return this.#over !== undefined || this.#socket.readyState !== WebSocket.OPEN;
  }

  send(text: string): void {
    if (this.over) return;
    this.#socket.send(text);
    this.#trace(`sent ${text}`);
  }

  open(contextId: string, allowance: FrameAllowance): ContextInbox {
    const inbox = new ContextInbox(() => {
      this.#inboxes.delete(contextId);
      if (this.#allowances.delete(contextId)) this.#strays.inherit(allowance);
    });
    this.#inboxes.set(contextId, inbox);
    this.#allowances.set(contextId, allowance);
    if (this.#over) inbox.end(this.#over);
    return inbox;
  }

  fail(failure: Failure): void {
    for (const inbox of this.#inboxes.values()) inbox.end(failure);
  }

  async close(timeoutMs: number): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, "close", { signal: AbortSignal.timeout(timeoutMs) });
    this.#socket.close(1000);
    await closed.catch(() => this.#socket.terminate());
  }

  #take(text: string): void {
    this.#trace(`received ${redactFrame(this.hide(text))}`); // hidden first: of a key that is cut in two nothing is found
    const read = readFrame(text);
    // What it says is cut where it is read: of a key that is cut in two nothing would be found.
    const isError = !(read instanceof Failure) && read.type === "error";
    const message = isError ? readFrame(this.hide(text)) : read;
    if (message instanceof Failure) return this.fail(message);
    const { contextId = "" } = message;
    // Counted when it comes: whoever takes it may be busy with something else for long.
    const allowance = this.#allowances.get(contextId) ?? this.#strays;
    if (!allowance.take(text.length)) this.#flooded();
    else if (contextId !== "") this.#inboxes.get(contextId)?.add({ ...message, at: this.heardAt });
    else if (message.type === "error") {
      // An error that names no context concerns the connection, and so all contexts.
      const said = { ...message, message: this.hide(message.message) };
      this.fail(failureFromService(said, { ofConnection: true }));
    }
  }

  #flooded(): void {
    const sentence = l10n.t("The speech service sent far more messages than its text can need.");
    this.#over ??= new Failure("protocol", sentence, { ofConnection: true });
    this.fail(this.#over);
    this.#socket.terminate();
  }

  #end(code: "offline" | "protocol", how: string, cause?: unknown): void {
    const sentence = l10n.t("The connection to the speech service ended: {0}.", how);
    this.#over ??= new Failure(code, sentence, { cause, ofConnection: true });
    this.fail(this.#over);
  }
}

function readFrame(text: string): ServerMessage | Failure {
  try {
    return readServerMessage(text);
  } catch (cause) {
    if (!(cause instanceof MalformedFrame)) throw cause;
    return unreadable(cause.message, cause);
  }
}

function unreadable(sentence: string, cause?: unknown): Failure {
  return new Failure("protocol", sentence, { cause, ofConnection: true });
}
