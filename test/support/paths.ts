import { join, resolve } from "node:path";

/** The project's root folder. */
export const projectRoot = resolve(import.meta.dirname, "../..");

/** What is downloaded once and used by every run: VS Code, and profiles that last. */
export const cacheFolder = join(projectRoot, ".vscode-test");

/** What a run makes: bundles, the VSIX, logs, screenshots. */
export const outFolder = join(projectRoot, "out");
