/**
 * `npm test`: everything that can be checked, one step after the other, then the counts.
 *
 *     npm test                            all steps
 *     npm test -- check unit …            these steps only: check, package, unit, integration, ui
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { outcomeOfProgram, outcomeOfTests, summarize } from "./tally.ts";
import type { MochaResults, StepOutcome } from "./tally.ts";
import { packExtension } from "./vscode/packExtension.ts";
import { outFolder, projectRoot } from "./vscode/paths.ts";
import { runProcess } from "./vscode/processes.ts";

/** How long a program may take, in ms. */
const LIMIT = 12 * 60_000;

/** In how many processes the unit tests run side by side: a continuous integration has two cores. */
const UNIT_PARTS = 2;

const STEPS: Readonly<Record<string, () => Promise<StepOutcome[]>>> = {
  check: async () => [
    await runTool("Type check", "typescript/bin/tsc", ["-b"]),
    await runTool("Lint", "eslint/bin/eslint.js", ["."]),
    await runTool("Format", "prettier/bin/prettier.cjs", ["--check", "--log-level=warn", "."]),
  ],
  package: async () => [await runPackage()],
  unit: () =>
    Promise.all(
      Array.from({ length: UNIT_PARTS }, (_, part) =>
        runTestFile(`Unit tests, part ${part + 1}`, "unitTests.ts", [`${part}`, `${UNIT_PARTS}`]),
      ),
    ),
  integration: async () => [await runTestFile("Integration tests", "integrationTests.ts")],
  ui: async () => [await runTestFile("UI tests", "uiTests.ts")],
};

process.exitCode = await runSteps(process.argv.slice(2));

async function runSteps(asked: readonly string[]): Promise<number> {
  const unknown = asked.filter((name) => !(name in STEPS));
  if (unknown.length > 0) {
    console.error(`There is no step "${unknown[0]}". Steps: ${Object.keys(STEPS).join(", ")}.`);
    return 2;
  }
  await rm(join(outFolder, "profiles"), { recursive: true, force: true });
  await rm(join(outFolder, "screenshots"), { recursive: true, force: true });
  const wanted = new Set(asked);
  // What runs in VS Code runs the extension as it is now.
  if (wanted.has("integration") || wanted.has("ui")) wanted.add("package");
  const outcomes: StepOutcome[] = [];
  for (const [name, run] of Object.entries(STEPS)) {
    if (wanted.size === 0 || wanted.has(name)) outcomes.push(...(await run()));
  }
  console.log(`\n${summarize(outcomes)}`);
  return outcomes.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

async function runTool(step: string, tool: string, args: readonly string[]): Promise<StepOutcome> {
  return timed(step, async () => {
    const file = join(projectRoot, "node_modules", tool);
    return outcomeOfProgram(step, (await runNode([file, ...args])) === 0);
  });
}

async function runPackage(): Promise<StepOutcome> {
  return timed("Package", async () => {
    const packed = await packExtension().then(
      () => true,
      (error: unknown) => (console.error(String(error)), false),
    );
    return outcomeOfProgram("Package", packed);
  });
}

/** `args` are for the file; the results of each call lie in a file of their own. */
async function runTestFile(
  step: string,
  file: string,
  args: readonly string[] = [],
): Promise<StepOutcome> {
  return timed(step, async () => {
    const results = join(outFolder, "results", `${[file, ...args].join("-")}.json`);
    await mkdir(join(outFolder, "results"), { recursive: true });
    await rm(results, { force: true });
    const code = await runNode([join(import.meta.dirname, file), results, ...args]);
    return outcomeOfTests(step, await readResults(results), code);
  });
}

async function readResults(file: string): Promise<MochaResults | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as MochaResults);
}

function runNode(args: readonly string[]): Promise<number> {
  return runProcess(process.execPath, args, { cwd: projectRoot, limit: LIMIT });
}

async function timed(step: string, run: () => Promise<StepOutcome>): Promise<StepOutcome> {
  console.log(`\n── ${step}`);
  const start = performance.now();
  const outcome = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const verdict = outcome.failed.length > 0 ? "FAILED" : "passed";
  console.log(`   ${step}: ${verdict} in ${seconds} s`);
  return outcome;
}
