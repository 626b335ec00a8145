import type { Verdict } from "../../protocol/wordWitness.ts";

/** What shows that a stretch of a context's audio is one segment's, and whose. */
export type Witness =
  "flush ids" | "flush_done ids" | "words" | "a neighbour's words" | "the context's end";

/** What is known of a stretch that is to be proved. */
export interface Claim {
  /** Whether no segment can lie between it and the stretch before, but for those that had no audio. */
  readonly linked: boolean;
  readonly verdict: Verdict;
}

/** What is known of the context as a whole. */
export interface Ground {
  /** Which ids prove the first stretch's position, and so those that are linked to it. */
  readonly anchor: "flush ids" | "flush_done ids" | undefined;
  /** Whether the context came to its end with audio for its last segment, and none beyond: then positions fit. */
  readonly fits: boolean;
  /** Whether its end shows that ids are wrong somewhere. */
  readonly contradicted: boolean;
}

/**
 * Tells of each stretch, in order, what proves it; nothing where nothing does, or its words refute it. One that its words confirm
 * proves those linked to it; one whose words are another segment's shows that ids were wrong since the last that was confirmed.
 */
export function prove(
  claims: readonly Claim[],
  { anchor, fits, contradicted }: Ground,
): readonly (readonly Witness[])[] {
  const proofs: Witness[][] = [];
  let chain: Witness | undefined = contradicted ? undefined : anchor;
  let confirmed = -1;
  let end: Witness | undefined = fits ? "the context's end" : undefined;
  claims.forEach(({ linked, verdict }, index) => {
    if (index > 0 && !linked) chain = undefined;
    const ids = chain ?? end;
    const isConfirmed = verdict?.type === "confirmed";
    proofs.push([...(ids ? [ids] : []), ...(isConfirmed ? ["words" as const] : [])]);
    if (isConfirmed) {
      confirmed = index;
      if (!contradicted) chain ??= "a neighbour's words";
    } else if (verdict) {
      chain = undefined;
      proofs[index] = [];
      if (!verdict.isOthers) return;
      end = undefined;
      for (let at = confirmed + 1; at < index; at++) proofs[at] = [];
    }
  });
  // Backwards from each that is confirmed.
  for (let index = claims.length - 1; index > 0; index--) {
    const isProved = (proofs[index]?.length ?? 0) > 0;
    const isKnown =
      claims[index]?.verdict?.type === "confirmed" ||
      proofs[index]?.includes("a neighbour's words");
    if (isProved && isKnown && claims[index]?.linked && claims[index - 1]?.verdict === undefined) {
      if (proofs[index - 1]?.length === 0) proofs[index - 1] = ["a neighbour's words"];
    }
  }
  return proofs;
}
