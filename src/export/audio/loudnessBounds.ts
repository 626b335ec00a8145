/** How loud an export can be asked to be, in LUFS: from what is hardly heard to what can't be without harm. */
export const loudnessBounds = [-70, -5] as const;
