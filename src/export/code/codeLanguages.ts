/** In what a script can be had as a program. */
export const codeLanguages = [
  { id: "typescript", label: "TypeScript", detail: "@cartesia/cartesia-js" },
  { id: "python", label: "Python", detail: "cartesia" },
  { id: "python-async", label: "Python, asyncio", detail: "cartesia" },
] as const;

export type CodeLanguage = (typeof codeLanguages)[number]["id"];
