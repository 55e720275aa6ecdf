import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { StreamingError } from "../client/streaming-error";
import type { Bundle } from "../../dashboard/bundle";
import type { LiveState } from "./src/live-state";

/** Milliseconds after which a page asks again when the connection is lost. */
const RETRY_MILLISECONDS = 1_000;

/** Serves the live page and its events to this machine alone. */
export class LiveServer {
  private readonly server = createServer((request, response) => {
    this.answer(request, response);
  });
  private readonly listeners = new Set<ServerResponse>();
  private last: string | undefined;

  constructor(
    private readonly page: Bundle,
    private readonly port: number,
  ) {}

  /** Address of the page. @throws StreamingError where the port is taken */
  public async start(): Promise<string> {
    await new Promise<void>((done, fail) => {
      this.server.once("error", (error: NodeJS.ErrnoException) => {
        const isTaken = error.code === "EADDRINUSE";
        const message = `Port ${String(this.port)} on 127.0.0.1 is taken by another program: name another one, --port 8191.`;
        fail(isTaken ? new StreamingError(message) : error);
      });
      this.server.listen(this.port, "127.0.0.1", done);
    });
    return `http://127.0.0.1:${String(this.actualPort())}/`;
  }

  /** Tells all pages. */
  public tell(state: LiveState): void {
    this.last = `retry: ${String(RETRY_MILLISECONDS)}\ndata: ${JSON.stringify(state)}\n\n`;
    for (const listener of this.listeners) {
      // A page that doesn't read misses seconds rather than filling memory.
      if (!listener.writableNeedDrain) listener.write(this.last);
    }
  }

  public async stop(): Promise<void> {
    for (const listener of this.listeners) listener.end();
    await new Promise((done) => {
      this.server.close(done);
      this.server.closeAllConnections();
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(this.headers())) response.setHeader(name, value);
    // A name of somebody else's that leads here (DNS rebinding) would make this page that somebody's.
    if (!this.isOurs(request.headers.host)) return plain(response, 403, "This page is served to http://127.0.0.1 alone.");
    if (request.method !== "GET") return plain(response, 405, "Only GET.");
    const path = (request.url ?? "").split("?", 1)[0];
    if (path === "/") {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(this.page.html);
    } else if (path === "/events") {
      this.listen(response);
    } else {
      plain(response, 404, "There is nothing here.");
    }
  }

  private listen(response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8", Connection: "keep-alive" });
    response.write(this.last ?? `retry: ${String(RETRY_MILLISECONDS)}\n\n`);
    this.listeners.add(response);
    response.on("close", () => this.listeners.delete(response));
  }

  private headers(): Record<string, string> {
    const { script, style } = this.page;
    return {
      "Content-Security-Policy": [
        "default-src 'none'",
        `script-src ${hash(script)}`,
        `style-src ${hash(style)}`,
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join("; "),
      "Cross-Origin-Resource-Policy": "same-origin",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    };
  }

  private isOurs(host: string | undefined): boolean {
    const port = String(this.actualPort());
    return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
  }

  private actualPort(): number {
    const address = this.server.address();
    return typeof address === "object" && address !== null ? address.port : this.port;
  }
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
