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
