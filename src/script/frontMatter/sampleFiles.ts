/** The set of sample values that counts where none is chosen. */
export const defaultSet = "default";

/** How files of sample values may be called for a document of this name, the first one before the others. */
export function sampleFileNames(document: string): readonly string[] {
  const stem = document.replace(/(?:\.speech)?\.[^.]+$/i, "") || document;
  return ["yaml", "yml", "json"].map((extension) => `${stem}.samples.${extension}`);
}
