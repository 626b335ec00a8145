import type { CDPSession, Frame, Page } from "playwright-core";

/** A webview as it is shown: its title, and the frame that an extension's page runs in. */
export interface Webview {
  readonly title: string;
  readonly frame: Frame;
  /**
   * Evaluates an expression in the page without being taken for its user. All that Playwright reads
   * in a frame counts as a gesture there, and lets it play sound.
   */
  readonly evaluate: (expression: string) => Promise<unknown>;
}

/** A node of the browser's DOM tree, as far as it is looked at. */
interface DomNode {
  readonly nodeName: string;
  /** Names and values in turn. */
  readonly attributes?: readonly string[];
  readonly children?: readonly DomNode[];
  readonly contentDocument?: DomNode;
  readonly frameId?: string;
}

/** The webviews that a workbench shows now, found without touching their pages. */
export async function findWebviews(page: Page): Promise<Webview[]> {
  const { root } = await inSession(page, (browser) =>
    browser.send("DOM.getDocument", { depth: -1, pierce: true }),
  );
  const found: Webview[] = [];
  for (const outer of iframesIn(root)) {
    const name = attribute(outer, "name");
    const inner = iframesIn(outer).find((node) => attribute(node, "id") === "active-frame");
    if (!name || !inner?.frameId) continue;
    // Two inner frames are there while one takes the place of the other: the new one comes last.
    const frame = page.frame({ name })?.childFrames().at(-1);
    if (!frame) continue;
    const { frameId } = inner;
    found.push({
      title: attribute(inner, "title") ?? "",
      frame,
      evaluate: (expression) =>
        inSession(page, (browser) => evaluateIn(browser, frameId, expression)),
    });
  }
  return found;
}

/** A session left open would be told of every change in the document from then on, and slow the page down. */
async function inSession<T>(page: Page, use: (browser: CDPSession) => Promise<T>): Promise<T> {
  const browser = await page.context().newCDPSession(page);
  try {
    return await use(browser);
  } finally {
    await browser.detach();
  }
}

async function evaluateIn(browser: CDPSession, frameId: string, expression: string) {
  const world = await browser.send("Page.createIsolatedWorld", { frameId });
  const { result, exceptionDetails } = await browser.send("Runtime.evaluate", {
    expression,
    contextId: world.executionContextId,
    awaitPromise: true,
    returnByValue: true,
    userGesture: false,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? "It throws.");
  return result.value as unknown;
}

/** The frames in a document, not those in their documents. */
function iframesIn(node: DomNode): DomNode[] {
  const below = [...(node.children ?? []), ...(node.contentDocument?.children ?? [])];
  return below.flatMap((child) => (child.nodeName === "IFRAME" ? [child] : iframesIn(child)));
}

function attribute(node: DomNode, name: string): string | undefined {
  const at = node.attributes?.findIndex((entry, index) => index % 2 === 0 && entry === name);
  return at === undefined || at < 0 ? undefined : node.attributes?.[at + 1];
}
