/**
 * Runs the unit tests in plain Node: those whose titles have the argument in them, or all.
 * `--only` and `--but` name folders of them, each time one.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runMocha } from "./runMocha.ts";

const { values, positionals } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    but: { type: "string", multiple: true, default: [] },
  },
  allowPositionals: true,
});
const failures = await runMocha({
  folders: [join(import.meta.dirname, "unit")],
  ending: ".test.ts",
  timeout: 120_000, // for what hangs: they have what time others leave them
  title: positionals[0],
  takes: (name) => (values.only?.includes(name) ?? true) && !values.but.includes(name),
});
process.exitCode = failures > 0 ? 1 : 0;
