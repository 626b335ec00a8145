/** What a page did with Web Audio. */
export interface AudioSpy {
  /** Each buffer that was scheduled. Times in seconds of the audio clock. */
  readonly scheduled: {
    readonly start: number;
    readonly contextTime: number;
    readonly samples: number[];
  }[];
  /** A moment that a test noted, in seconds of the audio clock. */
  noted: number;
  /** The audio clock, in seconds. */
  readonly now: () => number;
  /** What the output gave, in order; `time` is when the browser told. */
  readonly output: { readonly time: number; readonly samples: number[] }[];
}

/** Runs in the page, before its script: notes what is scheduled, and taps whatever is connected to the output. */
export function spyOnAudio(): void {
  let clock: BaseAudioContext | undefined;
  const audio: AudioSpy = {
    scheduled: [],
    output: [],
    noted: 0,
    now: () => clock?.currentTime ?? 0,
  };
  Object.assign(window, { audio });
  type Start = (this: AudioBufferSourceNode, when?: number) => void;
  const sources = AudioBufferSourceNode.prototype as { start: Start };
  const { start } = sources;
  sources.start = function (when = 0) {
    const samples = [...this.buffer!.getChannelData(0)];
    audio.scheduled.push({ start: when, contextTime: this.context.currentTime, samples });
    start.call(this, when);
  };
  const taps = new WeakMap<BaseAudioContext, ScriptProcessorNode>();
  type Connect = (this: AudioNode, to: AudioNode) => AudioNode;
  const nodes = AudioNode.prototype as unknown as { connect: Connect };
  const { connect } = nodes;
  const tapOf = (context: BaseAudioContext): ScriptProcessorNode => {
    const existing = taps.get(context);
    if (existing) return existing;
    const tap = context.createScriptProcessor(16384, 1, 1);
    tap.onaudioprocess = ({ inputBuffer, playbackTime }) => {
      audio.output.push({ time: playbackTime, samples: [...inputBuffer.getChannelData(0)] });
    };
    connect.call(tap, context.destination);
    taps.set(context, tap);
    clock = context;
    return tap;
  };
  nodes.connect = function (to) {
    if (to instanceof AudioDestinationNode) connect.call(this, tapOf(this.context));
    return connect.call(this, to);
  };
}
