/** What writes into a front matter, and finds what is to be written there. */
export { setFrontMatterValue } from "./setFrontMatterValue.ts";
export { voicePlaces } from "./voicePlaces.ts";
