import { join } from "node:path";
import { projectRoot } from "../paths.ts";

/** The first two acts of “As You Like It”, 9,500 words, with a flush marker between any two speeches. */
export const play = join(projectRoot, "test", "fixtures", "scripts", "as-you-like-it.speech.md");
