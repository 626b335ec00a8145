import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { ClipView, FromPanel, ToPanel } from "../../src/panel/messages.ts";
import { pageWords } from "../../src/panel/pageWords.ts";
import { readBundle } from "../tools/l10n/runTimeStrings.ts";
import { clockAudio } from "./clockedAudio.ts";
import { spyOnAudio } from "./spyOnAudio.ts";
import type { AudioSpy } from "./spyOnAudio.ts";

const pageIn = (language: string, words: string): string => `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-0' 'wasm-unsafe-eval';
      style-src 'self'; font-src 'self'; connect-src 'self'" />
    <title>Preview</title>
    <link rel="stylesheet" href="codicon.css" />
    <link rel="stylesheet" href="panel.css" />
    <link rel="stylesheet" href="clips.css" />
  </head>
  <body>
    <div id="app"></div>
    ${words}
    <script nonce="0" src="webview.js"></script>
  </body>
</html>`;

const stored: Readonly<Record<string, string>> = {
  "/codicon.css": "node_modules/@vscode/codicons/dist/codicon.css",
  "/codicon.ttf": "node_modules/@vscode/codicons/dist/codicon.ttf",
  "/panel.css": "media/panel.css",
  "/clips.css": "media/clips.css",
};
const types: Readonly<Record<string, string>> = { css: "text/css", js: "text/javascript" };

/** The page's script, built for the first page. */
let built: Promise<Uint8Array> | undefined;

/**
 * The panel's page in a browser, with this process in the extension's place. What it is sent comes as an event of the
 * network, never by the browser's debugger: to the browser that would be as good as a click of the user.
 */
export class PanelPage {
  readonly page: Page;
  /** What the page has posted, oldest first. */
  readonly posted: FromPanel[] = [];
  /** Whether the extension is there to answer. */
  answers = true;
  /** Path, such as `/2.wav`, to the clip's file. */
  readonly files = new Map<string, Uint8Array>();
  readonly #server: Server;
  #sent = 0;
  #received = 0;
  #events: ServerResponse | undefined;

  private constructor(page: Page, server: Server) {
    this.page = page;
    this.#server = server;
  }

  /**
   * Opens the page in a language that there is; `ready` has been posted when it is there. Where it is `clocked`, time passes,
   * for what sounds too, when the test says so.
   */
  static async open(
    browser: Browser,
    {
      language = "en",
      clocked = false,
    }: { readonly language?: string; readonly clocked?: boolean } = {},
  ): Promise<PanelPage> {
    const made = { "/": await writePage(language), "/webview.js": await (built ??= buildScript()) };
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    // Each page has an origin of its own; a context of its own would take as long again.
    const known = clocked ? undefined : browser.contexts()[0]; // a clock is that of all its pages
    const context = known ?? (await browser.newContext());
    const panel = new PanelPage(await context.newPage(), server);
    server.on("request", (request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      if (pathname === "/received") {
        panel.#received++;
        response.end();
      } else if (request.method === "POST") {
        void readBody(request).then((body) => panel.#receive(JSON.parse(body) as FromPanel));
        response.end();
      } else if (pathname === "/events") {
        panel.#events = response;
        response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
      } else {
        void panel.#serve(pathname, made, response);
      }
    });
    await panel.page.addInitScript(beHost);
    if (clocked) await panel.page.clock.install({ time: 0 });
    await panel.page.addInitScript(clocked ? clockAudio : spyOnAudio);
    await panel.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await panel.until(() => panel.posted.some(({ type }) => type === "ready") && !!panel.#events);
    if (clocked) await panel.page.clock.pauseAt(3_600_000);
    return panel;
  }

  /** Shows these segments of a script, with what else there is to be shown beside them. */
  show(clips: readonly ClipView[], more: Partial<Extract<ToPanel, { type: "show" }>> = {}): void {
    const head = { title: "talk.md", service: "Local voice", running: false, unmarked: false };
    this.send({ type: "show", ...head, keyless: false, clips, cost: { characters: 0 }, ...more });
  }

  send(message: ToPanel): void {
    this.#sent++;
    const text = JSON.stringify(message, (_, value: unknown) =>
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value,
    );
    this.#events?.write(`data: ${text}\n\n`);
  }

  /**
   * Waits until the page has dealt with all that was sent. To the browser, whatever playwright asks of a page is a click: a
   * test that waits for one asks only after this.
   */
  delivered(): Promise<void> {
    return this.until(() => this.#received === this.#sent);
  }

  /** What the page has had scheduled and heard. To the browser, asking is a click: ask last. */
  readAudio(): Promise<Omit<AudioSpy, "now">> {
    return this.page.evaluate(() => {
      const { scheduled, output, noted } = (window as unknown as { audio: AudioSpy }).audio;
      return { scheduled, output, noted };
    });
  }

  /** Waits until the condition holds; mocha's time limit is the end of it. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async close(): Promise<void> {
    await this.page.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #receive(message: FromPanel): void {
    if (message.type !== "ping") this.posted.push(message);
    else if (this.answers) this.send({ type: "pong" });
  }

  async #serve(
    path: string,
    made: Readonly<Record<string, string | Uint8Array>>,
    response: ServerResponse,
  ): Promise<void> {
    const file = stored[path];
    const body = file ? await readFile(file) : (made[path] ?? this.files.get(path));
    const type = path === "/" ? "text/html" : types[path.split(".").at(-1) ?? ""];
    response.writeHead(body === undefined ? 404 : 200, type ? { "Content-Type": type } : {});
    response.end(body);
  }
}

async function writePage(language: string): Promise<string> {
  if (language === "en") return pageIn(language, "");
  return pageIn(language, pageWords(await readBundle(language)));
}

async function buildScript(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: ["src/webview/startPage.ts"],
    bundle: true,
    write: false,
    format: "iife",
    target: "chrome134",
    loader: { ".wasm": "binary" },
    define: { "import.meta.url": '""' },
    external: ["module"],
  });
  return outputFiles[0]!.contents;
}

async function readBody(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Runs in the page, before its script: VS Code's side of a webview. */
function beHost(): void {
  let state: unknown;
  const posts: string[] = [];
  let posting = Promise.resolve();
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => {
        posts.push(JSON.stringify(message));
        // One after the other: requests side by side may arrive in another order.
        posting = posting.then(async () => {
          await fetch("/posted", { method: "POST", body: posts.shift()! });
        });
      },
      getState: () => state,
      setState: (value: unknown) => (state = value),
    }),
  });
  const received = new MessageChannel();
  received.port2.onmessage = () => void fetch("/received", { method: "POST" });
  new EventSource("/events").onmessage = ({ data }) => {
    const message: unknown = JSON.parse(String(data), (_, value: unknown) => {
      const base64 = (value as { base64?: string } | null)?.base64;
      return typeof base64 === "string"
        ? Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        : value;
    });
    window.postMessage(message);
    // Messages keep their order: by then the page has had it.
    received.port1.postMessage(undefined);
  };
}
