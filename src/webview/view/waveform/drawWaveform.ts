import type { WaveformColumn } from "./waveformColumns.ts";

/** The theme's colours, as a canvas takes them. */
export interface WaveformColors {
  readonly wave: string;
  /** Of what has not been played: from 0 to 1. */
  readonly waveOpacity: number;
  readonly played: string;
  readonly silence: string;
  readonly clipped: string;
}

/** Reads the colours that the style sheet gives to waveforms. */
export function readWaveformColors(element: Element): WaveformColors {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    wave: read("--waveform"),
    waveOpacity: Number(read("--waveform-opacity")),
    played: read("--waveform-played"),
    silence: read("--waveform-silence"),
    clipped: read("--waveform-clipped"),
  };
}

/** Calls back whenever VS Code gives the page another theme, or the system another contrast. To be called once. */
export function watchTheme(changed: () => void): void {
  const observer = new MutationObserver(changed);
  // VS Code names the kind of theme in the body's classes, and puts the colours into the root's style.
  observer.observe(document.body, { attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributeFilter: ["class", "style"] });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", changed);
  }
}

export interface WaveformDrawing {
  readonly columns: readonly WaveformColumn[];
  /** Device pixels for one of CSS. */
  readonly scale: number;
  /** Whether it is drawn as what has been played. */
  readonly isPlayed: boolean;
  readonly colors: WaveformColors;
}

/** Draws a column for each pixel of the canvas's width: silence as a thin line, clipping as ticks at its edges. */
export function drawWaveform(canvas: HTMLCanvasElement, drawing: WaveformDrawing): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { columns, scale, isPlayed, colors } = drawing;
  const line = Math.max(1, Math.round(scale));
  const tick = 3 * line;
  const middle = canvas.height / 2;
  const wave = isPlayed ? colors.played : colors.wave;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const [x, { low, high, silent }] of columns.entries()) {
    const top = silent ? middle - line / 2 : Math.min(middle - high * middle, middle - line / 2);
    const bottom = silent ? middle + line / 2 : Math.max(middle - low * middle, middle + line / 2);
    context.globalAlpha = silent || isPlayed ? 1 : colors.waveOpacity;
    context.fillStyle = silent ? colors.silence : wave;
    context.fillRect(x, top, 1, bottom - top);
  }
  context.globalAlpha = 1;
  context.fillStyle = colors.clipped;
  for (const [x, { clipped }] of columns.entries()) {
    if (!clipped) continue;
    context.fillRect(x - line / 2, 0, line, tick);
    context.fillRect(x - line / 2, canvas.height - tick, line, tick);
  }
}
