/** For those who want less motion: how long until what moves is shown again, in ms. */
const calmly = 250;

/**
 * Does something in the next frame that is shown or, where the system or VS Code asks for less motion, four times a second.
 * @returns what calls it off
 */
export function inNextFrame(show: () => void): () => void {
  const wantsLess =
    matchMedia("(prefers-reduced-motion: reduce)").matches ||
    document.body.classList.contains("vscode-reduce-motion");
  if (wantsLess) {
    const timer = setTimeout(show, calmly);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(show);
  return () => cancelAnimationFrame(frame);
}
