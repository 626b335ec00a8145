#!/usr/bin/env node
import { fstatSync } from "node:fs";
import { addAbortSignal } from "node:stream";
import { runCli } from "./cli.ts";
import { exitCodes, explain } from "../operations/exitCodes.ts";
import { stopSignal } from "./stopSignal.ts";
import { Terminal } from "./common/terminal.ts";

// The entry point of the command line.

const terminal = new Terminal(process, { env: process.env });

process.on("uncaughtException", (error) => {
  terminal.error(`scripted-speech: ${explain(error)}`);
  process.exit(exitCodes.incomplete);
});

let unwritten = false;
for (const stream of [process.stdout, process.stderr]) {
  // Whoever reads our output may leave early, as `head` does, or its disk may be full: the work goes on all the same.
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || unwritten) return;
    unwritten = true;
    if (process.exitCode === exitCodes.done) process.exitCode = exitCodes.disk;
    if (stream === process.stdout) {
      terminal.error(`scripted-speech: Standard output can't be written: ${message}.`);
    }
  });
}

const stop = stopSignal(process, (code) => process.exit(code));

void runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  dist: import.meta.dirname,
  stdin: () => {
    // Node takes a folder for what is empty.
    if (fstatSync(0).isDirectory()) throw new Error("it is a folder");
    return addAbortSignal(stop, process.stdin) as AsyncIterable<Uint8Array>;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  stop,
}).then((code) => {
  process.exitCode = unwritten && code === exitCodes.done ? exitCodes.disk : code;
});
