/** What one client may ask of the local voice at a time: whoever has its token may be a program gone wrong. */
export const localLimits = {
  /** Bytes of a message. */
  message: 1 << 20,
  /** UTF-16 units of a context's id: they are 36 here. */
  contextId: 200,
  /** Contexts that are open on one connection: a run has at most 15. */
  contexts: 100,
  /** Contexts that were open on it, whose ids are kept, for none may be used again. */
  endedContexts: 100_000,
  /** UTF-16 units of a context's text that wait to be said: as many segments as are sent ahead, each as long as a message may be. */
  waiting: 3 << 20,
} as const;
