#!/usr/bin/env node
import { runCli } from "./cli.ts";
import { exitCodes } from "./exitCodes.ts";

// The entry point of the command line. The first Ctrl+C stops with what is whole saved, the second at once.
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(exitCodes.stopped);
    stop.abort();
  });
}

// Whoever reads our output may leave early, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.done);
  throw error;
});

void runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  dist: import.meta.dirname,
  stdout: process.stdout,
  stderr: process.stderr,
  stop: stop.signal,
}).then((code) => {
  process.exitCode = code;
});
