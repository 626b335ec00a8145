/** What the editor needs to export a script: loaded late, as one bundle. */
export { exportAudio, filesInTheWay } from "./audio/exportAudio.ts";
export { exportCaptions, writeCaptions } from "./captions/exportCaptions.ts";
export { segmentHeadings } from "./common/segmentHeadings.ts";
export { scriptTitle } from "./common/scriptTitle.ts";
export { writeCode } from "./code/writeCode.ts";
