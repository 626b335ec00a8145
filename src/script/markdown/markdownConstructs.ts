import { parse } from "micromark";

type Construct = ReturnType<typeof parse>["constructs"]["flow"][number];
type Single = Exclude<Construct, readonly unknown[] | undefined>;
type Events = Parameters<NonNullable<Single["resolveTo"]>>[0];

const equalsSign = 61;
const dash = 45;

/**
 * An extension of the Markdown parser that reads underlined headings in time in proportion to their length: by itself the
 * parser writes all tokens before a heading anew for each.
 */
export function fastUnderlines(): {
  readonly flow: Record<number, Single>;
  readonly disable: { readonly null: string[] };
} {
  const original = [parse().constructs.flow[equalsSign]].flat()[0];
  if (!original?.resolveTo) throw new Error("The Markdown parser has no underlined headings.");
  const underline = onLastContent(original);
  return {
    flow: { [equalsSign]: underline, [dash]: underline },
    disable: { null: ["setextUnderline"] },
  };
}

/** The same construct, told of nothing but the tokens of the last content: of the lines that it underlines. */
function onLastContent(construct: Single): Single {
  const { resolveTo } = construct;
  return {
    ...construct,
    name: "fastUnderline",
    resolveTo(events, context) {
      const last = events.splice(contentStart(events));
      for (const event of resolveTo?.(last, context) ?? last) events.push(event);
      return events;
    },
  };
}

function contentStart(events: Events): number {
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at];
    if (event?.[0] === "enter" && event[1].type === "content") return at;
  }
  return 0;
}
