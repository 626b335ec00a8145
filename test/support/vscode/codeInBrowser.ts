#!/usr/bin/env node
/**
 * Stands where `code` stands for test-electron's `runTests`: takes the same arguments, runs the
 * extension's tests in VS Code's server and a headless Chromium, and ends with their exit code.
 */
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launchChromium } from "./chromium.ts";
import { outFolder } from "../paths.ts";
import { remoteUri, startVscodeServer, workbenchAddress } from "./vscodeServer.ts";

/** What VS Code's workbench logs of its own start, and of what it lacks: native modules, a gallery. */
const WORKBENCH_LOG =
  /^\[[\w: -]+\] |bindings file|watchdog|open-vsx|connection token|renderer-|builtin extensions|authentication provider/;

const { values, positionals } = parseArgs({
  options: {
    extensionDevelopmentPath: { type: "string" },
    extensionTestsPath: { type: "string" },
    "user-data-dir": { type: "string" },
    "extensions-dir": { type: "string" },
    "disable-extensions": { type: "boolean" },
  },
  allowPositionals: true,
  strict: false, // The desktop's own switches mean nothing here.
});

process.exit(
  await runExtensionTests().catch((error: unknown) => {
    console.error(String(error));
    return 1;
  }),
);

/** The exit code of the tests; 1 when VS Code ends before they do. */
async function runExtensionTests(): Promise<number> {
  const profile = dirname(argument("user-data-dir"));
  const server = await startVscodeServer({ profile, extensions: argument("extensions-dir") });
  const browser = await launchChromium("click");
  try {
    const page = await browser.newPage();
    await page.exposeFunction("codeAutomationLog", printLog);
    const finished = new Promise<number>((settle) => {
      void page.exposeFunction("codeAutomationExit", settle);
      void server.ended.then(() => settle(1));
      page.on("crash", () => settle(1));
    });
    const payload = [
      ["extensionDevelopmentPath", remoteUri(server, argument("extensionDevelopmentPath"))],
      ["extensionTestsPath", remoteUri(server, argument("extensionTestsPath"))],
      ["skipWelcome", "true"],
      ["disableExtensions", String(values["disable-extensions"] === true)],
    ] as const;
    await page.goto(workbenchAddress(server, resolve(positionals[0] ?? "."), payload));
    const code = await finished;
    if (code !== 0) {
      const picture = join(outFolder, "screenshots/integration.png");
      await page.screenshot({ path: picture }).catch(() => undefined); // It may have crashed.
      console.error(`Screenshot: ${picture}\nLog: ${join(profile, "server.log")}`);
    }
    return code;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Prints what the tests print. It comes mixed with the workbench's own log, at the same level. */
function printLog(type: string, args: readonly unknown[]): void {
  if (WORKBENCH_LOG.test(String(args[0]))) return;
  (type === "error" ? console.error : console.log)(...args);
}

function argument(name: keyof typeof values): string {
  const value = values[name];
  if (typeof value !== "string") throw new Error(`The argument --${name} is missing.`);
  return value;
}
