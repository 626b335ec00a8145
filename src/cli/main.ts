#!/usr/bin/env node
import { runCli } from "./cli.ts";
import { exitCodes, explain } from "../operations/exitCodes.ts";
import { stopSignal } from "./stopSignal.ts";
import { Terminal } from "./common/terminal.ts";

// The entry point of the command line.

process.on("uncaughtException", (error) => {
  new Terminal(process, { env: process.env }).error(`scripted-speech: ${explain(error)}`);
  process.exit(exitCodes.incomplete);
});

for (const stream of [process.stdout, process.stderr]) {
  // Whoever reads our output may leave early, as `head` does: the work goes on all the same.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

void runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  dist: import.meta.dirname,
  stdout: process.stdout,
  stderr: process.stderr,
  stop: stopSignal(process, (code) => process.exit(code)),
}).then((code) => {
  process.exitCode = code;
});
