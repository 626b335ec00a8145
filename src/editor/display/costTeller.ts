import type { RunCost } from "../../preview/plan/plan.ts";
import type { Span } from "../../script/model/script.ts";
import { describeCost, describeLength } from "../common/describeCost.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";

/** What presses would send, in sentences, by segment. */
export interface CostTeller {
  readonly own: (segment: number) => string;
  readonly fromHere: (segment: number) => string;
  readonly script: () => string;
}

/** Of a script that has not been read yet only its length is known: reading it takes what is loaded with the first run. */
export function costTeller(
  preview: DocumentPreview | undefined,
  segments: readonly Span[],
): CostTeller {
  const { costs, service } = preview ?? {};
  if (!costs || !service || costs.own.length !== segments.length) {
    const lengths = segments.map(({ start, end }) => end - start);
    const fromHere = lengths.slice();
    for (let at = lengths.length - 2; at >= 0; at--) {
      fromHere[at] = (lengths[at] ?? 0) + (fromHere[at + 1] ?? 0);
    }
    return {
      own: (at) => describeLength(lengths[at] ?? 0),
      fromHere: (at) => describeLength(fromHere[at] ?? 0),
      script: () => describeLength(fromHere[0] ?? 0),
    };
  }
  const nothing = { characters: 0, credits: 0 };
  const told = new Map<RunCost, string>(); // many cost the very same: mostly nothing
  const tell = (cost = nothing): string => {
    const sentence = told.get(cost) ?? describeCost(cost, service);
    told.set(cost, sentence);
    return sentence;
  };
  return {
    own: (at) => tell(costs.own[at]),
    fromHere: (at) => tell(costs.fromHere[at]),
    script: () => tell(costs.script),
  };
}
