import { Stage } from "../faults/stage.ts";
import { sessionLimits } from "../../src/session/context/speakContext.ts";
import type { Frame, Interfere } from "../support/fakes/scriptedService.ts";
import { printFigures, type Figure } from "./figures.ts";

const changed = 40;
/** How long the service takes for each context, in milliseconds, however many it speaks at a time. */
const takesMs = 500;

/** What several contexts at a time save: 40 changed segments, no two of them neighbours. */
export async function benchConcurrency(): Promise<void> {
  const one = await measureRun(1);
  const against = { name: "with one context", samples: [one.ms] };
  const several: Figure[] = [];
  for (const contexts of [2, 4, 15]) {
    const { ms, order } = await measureRun(contexts);
    const name = `with ${contexts} at a time, heard ${order}`;
    several.push({ name, samples: [ms], unit: "ms", against });
  }
  printFigures(`concurrency: ${changed} changed segments, ${takesMs} ms each`, [
    { name: "with one context", samples: [one.ms], unit: "ms", remark: one.order },
    ...several,
  ]);
}

/** @returns how long it took, and whether the segments came in their order. */
async function measureRun(maxConcurrency: number): Promise<{ ms: number; order: string }> {
  const texts = Array.from({ length: 2 * changed }, (_, at) => `Segment ${at}.`);
  const first: number[] = [];
  const stage = await Stage.set({
    texts,
    maxConcurrency,
    interfere: slowly(),
    limits: { session: sessionLimits, retryAfterMs: [], rateLimitMs: 1 },
    watch: (event) => {
      if (event.type === "audio" && first.at(-1) !== event.segment) first.push(event.segment);
    },
  });
  try {
    await stage.open();
    await stage.run();
    stage.read(texts.map((text, at) => (at % 2 === 1 ? `${text} Changed.` : text)));
    first.length = 0;
    const start = performance.now();
    const { saved } = await stage.run();
    const ms = performance.now() - start;
    if (saved !== changed) throw new Error(`${saved} segments were spoken.`);
    const inOrder = first.every((segment, at) => at === 0 || segment > (first[at - 1] ?? 0));
    return { ms, order: inOrder ? "in order" : "not in order" };
  } finally {
    await stage.clear();
  }
}

/** Holds back what each context is answered until its time is over; what it is answered after that comes at once. */
function slowly(): Interfere {
  const held = new Map<unknown, Frame[]>();
  return (frame, { socket }) => {
    const id = frame["context_id"];
    const frames = held.get(id);
    if (frames && frames !== over) frames.push(frame);
    else if (!frames) {
      held.set(id, [frame]);
      setTimeout(() => {
        for (const each of held.get(id) ?? []) socket.send(JSON.stringify(each));
        held.set(id, over);
      }, takesMs);
    }
    return frames === over;
  };
}

/** Of contexts whose time is over. */
const over: Frame[] = [];
