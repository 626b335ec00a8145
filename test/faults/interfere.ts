import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { audioOf, type Frame, type Interfere } from "../support/fakes/scriptedService.ts";

/** What a fault does at its moment; the rest of the context is then not sent. */
export type Act = (where: { readonly socket: WebSocket; readonly contextId: unknown }) => void;

/** Bytes of a chunk with which the shortest segment has three. */
export const shortChunks = 256;

/** Acts in the middle of a transcript's audio, which comes in `shortChunks`: once, or every time that it is said. */
export function inTheMiddleOf(transcript: string, act: Act, times = 1): Interfere {
  return actAt(middleOf(transcript), act, times);
}

/** Acts at the first frame of the first contexts. */
export function atTheStart(act: Act, times = 1): Interfere {
  return actAt(() => true, act, times);
}

function actAt(isMoment: (frame: Frame) => boolean, act: Act, times: number): Interfere {
  const over = new Set<unknown>();
  let left = times;
  return (frame, { socket }) => {
    const { context_id: contextId } = frame;
    if (over.has(contextId)) return false;
    if (left === 0 || !isMoment(frame)) return true;
    left--;
    over.add(contextId);
    act({ socket, contextId });
    return false;
  };
}

/** Whether a frame is the second chunk of a transcript's audio. */
function middleOf(transcript: string): (frame: Frame) => boolean {
  const bytes = audioOf(transcript).subarray(shortChunks, 2 * shortChunks);
  const data = Buffer.from(bytes).toString("base64");
  return (frame) => frame["data"] === data;
}

/** The connection breaks: 1006 to the client. */
export const breakOff: Act = ({ socket }) => socket.terminate();

export const hangUp =
  (code: number, reason: string): Act =>
  ({ socket }) =>
    socket.close(code, reason);

export const fallSilent: Act = () => {};

export const sendRaw =
  (data: string | Buffer): Act =>
  ({ socket }) =>
    socket.send(data);

/** Announces a frame of 4 GiB. */
export const sendHugeFrame: Act = ({ socket }) => {
  const { _socket: stream } = socket as unknown as { readonly _socket: Duplex };
  stream.write(Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0]));
};

/** An error that ends the context, in the shape of the newer versions. */
export const sendError =
  (error: {
    readonly error_code?: string | null;
    readonly status_code?: number;
    readonly message?: string;
  }): Act =>
  ({ socket, contextId }) =>
    socket.send(JSON.stringify({ type: "error", context_id: contextId, done: true, ...error }));

/** The same in the older shape, which has one text. */
export const sendOldError =
  (status: number, error: string): Act =>
  ({ socket, contextId }) =>
    socket.send(
      JSON.stringify({
        type: "error",
        context_id: contextId,
        done: true,
        status_code: status,
        error,
      }),
    );

/** An error that names no context. */
export const sendErrorOfConnection =
  (error: Frame): Act =>
  ({ socket }) =>
    socket.send(JSON.stringify({ type: "error", done: true, ...error }));

export const sendDone: Act = ({ socket, contextId }) =>
  socket.send(
    JSON.stringify({ type: "done", context_id: contextId, done: true, status_code: 206 }),
  );
