/** `npm run package:cli`: packs the command line as an npm package of its own, into `out/`. */
import { outFolder } from "../support/paths.ts";
import { runNpm } from "../support/processes.ts";
import { buildCli, cliPackage } from "../support/cli/builtCli.ts";

await buildCli();
process.exitCode = await runNpm(["pack", cliPackage, "--pack-destination", outFolder], outFolder);
