import { parentPort } from "node:worker_threads";
import type { SpeechJob, SpeechResult } from "../../../src/localVoice/speechJob.ts";

// A worker that answers with one byte per character, and that a text can tell to fail, to die or to hang.

parentPort?.on("message", ({ text }: SpeechJob) => {
  if (text.includes("exit")) process.exit(3);
  if (text.includes("throw")) throw new Error("out of breath");
  if (text.includes("hang")) return;
  const result: SpeechResult = text.includes("fail")
    ? { failure: "no such word" }
    : { bytes: new Uint8Array(text.length) };
  parentPort?.postMessage(result);
});
