import * as l10n from "@vscode/l10n";
import type { Peaks } from "../../../audio/peaks.ts";
import { describePosition } from "../elements/clipWords.ts";
import { createElement } from "../elements/createElement.ts";
import { drawWaveform } from "./drawWaveform.ts";
import type { WaveformColors } from "./drawWaveform.ts";
import { columnsOf } from "./waveformColumns.ts";

export interface WaveformViewOptions {
  readonly colors: () => WaveformColors;
  /** The user chose a place, in seconds. */
  readonly choose: (seconds: number) => void;
}

/** What a waveform shows. */
export interface WaveformContent {
  /** The segment's place in the script, from 0. */
  readonly index: number;
  /** `undefined` while they are not known. */
  readonly peaks: Peaks | undefined;
  /** How much there is to hear. */
  readonly seconds: number;
  /** What the whole width stands for: more than `seconds` while audio comes. */
  readonly width: number;
}

/** A greater step than this is a leap, not playback, in seconds. */
const leap = 0.5;

/**
 * A clip's waveform, and the slider of its position. It is drawn when what it shows changes; a position only moves the playhead
 * and what is seen of the played part. It has no keys of its own: the page's are for what sounds.
 */
export class WaveformView {
  readonly element: HTMLElement;
  readonly #options: WaveformViewOptions;
  readonly #rest = createElement("canvas", { class: "rest" });
  readonly #playhead = createElement("div", { class: "playhead" });
  readonly #cursor = createElement("div", { class: "cursor" });
  readonly #resize = new ResizeObserver(([entry]) => {
    this.#size = entry?.contentRect ?? this.#size;
    this.draw();
  });
  /** In CSS pixels, as it was told: to ask for it while others draw would lay out the whole list each time. */
  #size = { width: 0, height: 0 };
  /** Exists where a part has been played. */
  #played: HTMLCanvasElement | undefined;
  #content: WaveformContent = { index: 0, peaks: undefined, seconds: 0, width: 0 };
  #position: number | undefined;
  #frame: number | undefined;

  constructor(options: WaveformViewOptions) {
    this.#options = options;
    this.element = createElement(
      "div",
      {
        class: "waveform",
        role: "slider",
        "aria-valuemin": "0",
        dir: "ltr",
      },
      this.#rest,
      this.#playhead,
      this.#cursor,
    );
    this.#playhead.hidden = true;
    this.#cursor.hidden = true;
    this.#answerPointer();
    this.#resize.observe(this.element);
  }

  show(content: WaveformContent): void {
    this.#content = content;
    this.#showPlace();
    this.#tell();
    this.draw();
  }

  /** Where playback is, in seconds; `undefined`: not here. */
  showPosition(seconds: number | undefined): void {
    if (seconds === this.#position) return;
    const step = (seconds ?? 0) - (this.#position ?? 0);
    this.#position = seconds;
    this.#showPlace();
    // A screen reader would tell each step of the slider it is at, into the voice that is heard.
    const isPlayback = seconds !== undefined && step > 0 && step < leap;
    if (!isPlayback || document.activeElement !== this.element) this.#tell();
  }

  /** Draws in the next frame. */
  draw(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#drawNow();
    });
  }

  dispose(): void {
    this.#resize.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.element.remove();
  }

  #showPlace(): void {
    const position = this.#position;
    this.#playhead.hidden = position === undefined;
    if (position === undefined) {
      this.#played?.remove();
      this.#played = undefined;
      return;
    }
    if (!this.#played) {
      this.#played = createElement("canvas", { class: "played" });
      this.#rest.after(this.#played);
      this.draw();
    }
    const percent = this.#percent(position);
    this.#playhead.style.transform = `translateX(${percent}%)`;
    this.#played.style.clipPath = `inset(0 ${100 - percent}% 0 0)`;
  }

  #percent(seconds: number): number {
    const { width } = this.#content;
    return width > 0 ? Math.min(100, (seconds / width) * 100) : 0;
  }

  #tell(): void {
    const { index, seconds } = this.#content;
    const now = Math.min(this.#position ?? 0, seconds);
    const values = {
      "aria-label": l10n.t("Position in segment {0}", index + 1),
      "aria-valuemax": seconds.toFixed(1),
      "aria-valuenow": now.toFixed(1),
      "aria-valuetext": describePosition(now, seconds),
    };
    for (const [name, value] of Object.entries(values)) {
      if (this.element.getAttribute(name) !== value) this.element.setAttribute(name, value);
    }
  }

  #drawNow(): void {
    const scale = devicePixelRatio;
    const width = Math.round(this.#size.width * scale);
    const height = Math.round(this.#size.height * scale);
    const { peaks } = this.#content;
    const columns = peaks && width > 0 ? columnsOf(peaks, width, this.#content.width) : [];
    const colors = this.#options.colors();
    for (const canvas of [this.#rest, this.#played]) {
      if (!canvas) continue;
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      drawWaveform(canvas, { columns, scale, isPlayed: canvas === this.#played, colors });
    }
  }

  /** A press shows where it would play from, and plays from there when it is let go. */
  #answerPointer(): void {
    const { element } = this;
    let pressed: number | undefined;
    const end = (): void => {
      pressed = undefined;
      this.#cursor.hidden = true;
    };
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      pressed = event.pointerId;
      element.setPointerCapture(event.pointerId);
      this.#showCursor(event);
    });
    element.addEventListener("pointermove", (event) => {
      if (event.pointerId === pressed) this.#showCursor(event);
    });
    element.addEventListener("pointerup", (event) => {
      if (event.pointerId !== pressed) return;
      end();
      this.#options.choose(this.#secondsAt(event));
    });
    element.addEventListener("pointercancel", end);
  }

  #showCursor(event: PointerEvent): void {
    this.#cursor.hidden = false;
    this.#cursor.style.transform = `translateX(${this.#percent(this.#secondsAt(event))}%)`;
  }

  #secondsAt({ clientX }: PointerEvent): number {
    const { left, width } = this.element.getBoundingClientRect();
    const share = width > 0 ? (clientX - left) / width : 0;
    return Math.max(0, Math.min(this.#content.seconds, share * this.#content.width));
  }
}
