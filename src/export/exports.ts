/** What the editor needs to export a script: loaded late, as one bundle. */
export { exportAudio, filesInTheWay } from "./exportAudio.ts";
export { exportCaptions } from "./exportCaptions.ts";
export { scriptTitle } from "./scriptTitle.ts";
export { writeCode } from "./writeCode.ts";
