import { pageWordsId } from "../panel/pageWords.ts";
import { readToPanel } from "../panel/readMessages.ts";
import { HostWatch } from "./hostWatch.ts";
import { Page, setTimer } from "./page.ts";
import type { Host } from "./page.ts";
import { readPageState } from "./pageState.ts";
import { setPageLanguage } from "./view/elements/pageLanguage.ts";

/** What VS Code gives to a page; only once. Source: VS Code's webview guide. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const bundle = document.getElementById(pageWordsId)?.textContent;
if (bundle) {
  const words = JSON.parse(bundle) as Readonly<Record<string, string>>; // the extension's own file
  setPageLanguage(document.documentElement.lang, words);
}
const vscode = acquireVsCodeApi();
const host: Host = {
  post: (message) => {
    vscode.postMessage(message);
    watch.posted(message);
  },
  keep: (state) => vscode.setState(state),
};
const page = new Page(document.getElementById("app")!, readPageState(vscode.getState()), host);
const watch = new HostWatch({
  setTimer,
  ask: () => host.post({ type: "ping" }),
  changed: (isLost) => page.showLost(isLost),
});
window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const unread = new Set<string>();
  const message = readToPanel(data, (field) => unread.add(field));
  if (message) {
    watch.received(message);
    page.receive(message);
  }
  if (unread.size > 0) host.post({ type: "unread", what: [...unread].join(", ") });
});
host.post({ type: "ready" });
