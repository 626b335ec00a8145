/**
 * `npm test`: everything that can be checked, then the counts.
 *
 *     npm test                            all steps
 *     npm test -- check unit …            these steps only: check, package, unit, integration, page, ui, sound
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { outcomeOfProgram, outcomeOfTests, summarize } from "./tally.ts";
import type { MochaResults, StepOutcome } from "./tally.ts";
import { requireChromium } from "./vscode/chromium.ts";
import { packExtension } from "./vscode/packExtension.ts";
import { outFolder, projectRoot } from "./vscode/paths.ts";
import { runProcess } from "./vscode/processes.ts";
import { installVscodeServer } from "./vscode/vscodeServerInstall.ts";

/** How long a program may take, in ms, which is for what hangs: some run gently behind others on two processors. */
const LIMIT = 25 * 60_000;

const formatArguments = ["--check", "--log-level=warn", "."];

/** The unit tests that start and kill programs, or look for what is left running: they want a processor now and then. */
const WAITING_UNITS = ["cli", "clips"];

/** Those whose services fall silent for a moment, and whose runs must not take a busy machine for that: alone. */
const TIMED_UNITS = ["faults", "preview"];

/** How many that compute run at a time: more than there are processors, for each waits for a disk now and then. */
const BEHIND = 3;

interface Program {
  readonly step: string;
  readonly run: () => Promise<StepOutcome>;
}

/**
 * What opens windows and makes sound runs in front, one after the other: it looks at when things happen. What computes runs
 * behind it, and has what the former, which often waits, leaves of two processors.
 */
interface Phase {
  readonly inFront: readonly Program[];
  readonly behind: readonly Program[];
}

const PHASES: readonly Phase[] = [
  {
    inFront: [
      { step: "package", run: () => runPackage() },
      { step: "fetch", run: () => runFetch() },
      { step: "integration", run: () => runTestFile("Integration tests", "integrationTests.ts") },
      { step: "ui", run: () => runTestFile("UI tests", "uiTests.ts", ["ui"]) },
      { step: "page", run: () => runTestFile("Page tests", "pageTests.ts") },
    ],
    behind: [
      { step: "check", run: () => runTool("Lint", "eslint/bin/eslint.js", ["."]) },
      { step: "check", run: () => runTool("Type check", "typescript/bin/tsc", ["-b"]) },
      { step: "check", run: () => runTool("Format", "prettier/bin/prettier.cjs", formatArguments) },
      {
        step: "unit",
        run: () => runUnits("Unit tests", ["all but", ...WAITING_UNITS, ...TIMED_UNITS]),
      },
    ],
  },
  {
    inFront: [
      { step: "sound", run: () => runTestFile("UI tests of sound", "uiTests.ts", ["sound"]) },
    ],
    behind: WAITING_UNITS.map(unitsOf),
  },
  { inFront: TIMED_UNITS.map(unitsOf), behind: [] },
];

function unitsOf(folder: string): Program {
  return { step: "unit", run: () => runUnits(`Unit tests of ${folder}`, ["only", folder]) };
}

/** What a step needs to have been done. What runs in VS Code runs the extension as it is now. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  integration: ["package"],
  page: ["fetch"],
  ui: ["package", "fetch"],
  sound: ["package", "fetch"],
};

process.exitCode = await runSteps(process.argv.slice(2));

async function runSteps(asked: readonly string[]): Promise<number> {
  const programs = PHASES.flatMap(({ inFront, behind }) => [...inFront, ...behind]);
  const names = [...new Set(programs.map(({ step }) => step))];
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no step "${unknown}". Steps: ${names.join(", ")}.`);
    return 2;
  }
  await rm(join(outFolder, "profiles"), { recursive: true, force: true });
  await rm(join(outFolder, "screenshots"), { recursive: true, force: true });
  const wanted = new Set(asked.length > 0 ? asked : names);
  for (const name of [...wanted]) for (const needed of NEEDS[name] ?? []) wanted.add(needed);
  const outcomes: StepOutcome[] = [];
  for (const phase of PHASES) {
    const [inFront, behind] = [phase.inFront, phase.behind].map((all) =>
      all.filter(({ step }) => wanted.has(step)).values(),
    );
    const lanes = [
      takeInTurn(inFront),
      ...Array.from({ length: BEHIND }, () => takeInTurn(behind)),
    ];
    outcomes.push(...(await Promise.all(lanes)).flat());
  }
  console.log(`\n${summarize(outcomes)}`);
  return outcomes.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

/** Runs one after the other; another may take from the same ones meanwhile. */
async function takeInTurn(programs: Iterable<Program> = []): Promise<StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const { run } of programs) outcomes.push(await run());
  return outcomes;
}

async function runTool(step: string, tool: string, args: readonly string[]): Promise<StepOutcome> {
  return timed(step, async () => {
    const file = join(projectRoot, "node_modules", tool);
    return outcomeOfProgram(step, (await runNode([file, ...args], { gently: true })) === 0);
  });
}

function runPackage(): Promise<StepOutcome> {
  return timed("Package", () => succeeds("Package", packExtension));
}

/** Has what tests are run in; where it is not here yet, it is downloaded: while others compute, and before two want it. */
function runFetch(): Promise<StepOutcome> {
  const step = "VS Code and Chromium";
  return timed(step, () =>
    succeeds(step, async () => {
      await requireChromium();
      await installVscodeServer();
    }),
  );
}

async function succeeds(step: string, run: () => Promise<void>): Promise<StepOutcome> {
  const succeeded = await run().then(
    () => true,
    (error: unknown) => (console.error(String(error)), false),
  );
  return outcomeOfProgram(step, succeeded);
}

/** `which` is as `unitTests.ts` takes it. */
function runUnits(step: string, which: readonly string[]): Promise<StepOutcome> {
  return runTestFile(step, "unitTests.ts", which);
}

/** `args` are for the file; the results of each call lie in a file of their own. */
async function runTestFile(
  step: string,
  file: string,
  args: readonly string[] = [],
): Promise<StepOutcome> {
  return timed(step, async () => {
    const results = join(
      outFolder,
      "results",
      `${[file, ...args].join("-").replaceAll(" ", "-")}.json`,
    );
    await mkdir(join(outFolder, "results"), { recursive: true });
    await rm(results, { force: true });
    // Each line says whose it is: others run beside it.
    const prefix = `${step} │ `;
    const gently = file === "unitTests.ts";
    const code = await runNode([join(import.meta.dirname, file), results, ...args], {
      prefix,
      gently,
    });
    return outcomeOfTests(step, await readResults(results), code);
  });
}

async function readResults(file: string): Promise<MochaResults | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as MochaResults);
}

function runNode(
  args: readonly string[],
  more: { readonly prefix?: string; readonly gently?: boolean } = {},
): Promise<number> {
  return runProcess(process.execPath, args, { cwd: projectRoot, limit: LIMIT, ...more });
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
