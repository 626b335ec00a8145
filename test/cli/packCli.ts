/** `npm run package:cli`: packs the command line as an npm package of its own, into `out/`. */
import { outFolder } from "../vscode/paths.ts";
import { runNpm } from "../vscode/processes.ts";
import { buildCli, cliPackage } from "./builtCli.ts";

await buildCli();
process.exitCode = await runNpm(["pack", cliPackage, "--pack-destination", outFolder], outFolder);
