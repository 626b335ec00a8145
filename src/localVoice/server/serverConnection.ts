import type { WebSocket } from "ws";
import { readClientMessage } from "./readClientMessage.ts";
import type { GenerationRequest } from "./readClientMessage.ts";
import { localLimits } from "../synthesis/voiceLimits.ts";
import { badRequest, errorFrame, refusals } from "./serverRefusal.ts";
import type { Refusal } from "./serverRefusal.ts";
import { SpeechContext } from "./speechContext.ts";
import type { Synthesizer } from "../synthesis/synthesizer.ts";

/** Bytes that may wait for a slow reader before its contexts pause. */
const sendAhead = 256 * 1024;

/** What says the contexts' texts. */
type Voice = Pick<Synthesizer, "speak" | "align">;

/**
 * One client's connection: hands its messages to the contexts they name, and tells it what it got wrong. An error ends
 * the context that it names, as its `done: true` says; the connection and the other contexts go on.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #apiVersion: string;
  readonly #synthesizer: Voice;
  readonly #contexts = new Map<string, SpeechContext>();
  /** Ids are never used again. */
  readonly #endedContexts = new Set<string>();

  constructor(socket: WebSocket, apiVersion: string, synthesizer: Voice) {
    this.#socket = socket;
    this.#apiVersion = apiVersion;
    this.#synthesizer = synthesizer;
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) this.#refuse(undefined, badRequest("messages are text frames"));
      else this.#receive(data.toString());
    });
    socket.on("close", () => this.#stopAll());
    socket.on("error", () => this.#stopAll()); // the protocol's own errors; `close` follows
  }

  #receive(text: string): void {
    const message = readClientMessage(text);
    switch (message.kind) {
      case "generate":
        return this.#generate(message.request);
      case "cancel":
        return this.#contexts.has(message.contextId)
          ? this.#end(message.contextId)
          : this.#refuse(message.contextId, refusals.unknownContext);
      case "invalid":
        return this.#refuse(message.contextId, message.refusal);
    }
  }

  #generate(request: GenerationRequest): void {
    const { contextId } = request;
    const known = this.#contexts.get(contextId);
    if (!known && this.#endedContexts.has(contextId)) {
      return this.#refuse(contextId, refusals.closedContext);
    }
    if (!known && !/[\p{L}\p{N}]/u.test(request.transcript)) {
      return this.#refuse(contextId, refusals.nothingToSay);
    }
    if (!known && this.#contexts.size >= localLimits.contexts) {
      return this.#refuse(contextId, refusals.tooManyContexts);
    }
    const refusal = (known ?? this.#open(request)).accept(request);
    if (refusal) this.#refuse(contextId, refusal);
  }

  #open({ contextId, settings }: GenerationRequest): SpeechContext {
    const context = new SpeechContext(contextId, settings, {
      speak: (job, signal) => this.#synthesizer.speak(job, signal),
      align: (job, signal) => this.#synthesizer.align(job, signal),
      send: (frame) => this.#send(frame),
      ended: (failure) => {
        if (failure) this.#refuse(contextId, failure);
        else this.#end(contextId);
      },
    });
    this.#contexts.set(contextId, context);
    return context;
  }

  #refuse(contextId: string | undefined, refusal: Refusal): void {
    if (contextId !== undefined) this.#end(contextId);
    void this.#send(errorFrame(refusal, this.#apiVersion, contextId));
  }

  #end(contextId: string): void {
    const context = this.#contexts.get(contextId);
    if (!context) return;
    context.stop();
    this.#contexts.delete(contextId);
    this.#endedContexts.add(contextId);
    if (this.#endedContexts.size > localLimits.endedContexts) this.#socket.close(1008);
  }

  #stopAll(): void {
    for (const contextId of [...this.#contexts.keys()]) this.#end(contextId);
  }

  /** Resolves at once while the reader keeps up, and otherwise when this frame has gone to the network. Never rejects. */
  async #send(frame: object): Promise<void> {
    const sent = new Promise<void>((resolve) => {
      this.#socket.send(JSON.stringify(frame), () => resolve());
    });
    if (this.#socket.bufferedAmount > sendAhead) await sent;
  }
}
