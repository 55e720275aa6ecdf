import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What the double answers: a body, with another status than 200 if need be. */
export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call that was made. */
export interface Call {
  readonly method: string;

  /** `<service>/<path>`, without the query. */
  readonly address: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: any;
}

type Handler = (call: Call, ...matched: string[]) => Reply | undefined;

/**
 * Stands in for Google's APIs: a local server that answers just what a test told it to, and 501 for all else, so that a call that nobody
 * thought of fails aloud. Answers have the shapes of Google's discovery documents.
 */
export class GoogleDouble {
  public readonly calls: Call[] = [];

  /** What is answered before all else, where it answers: an API that is off says so whatever it is asked. */
  public gate: (call: Call) => Reply | undefined = () => undefined;
  private readonly handlers: { readonly method: string; readonly address: RegExp; readonly handler: Handler }[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { status = 200, body = {}, headers = {} } = this.answer(request, Buffer.concat(chunks).toString());
        response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
      });
    });
  }

  public start(): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(0, "127.0.0.1", () => {
        resolve(this.endpoint);
      });
    });
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Answers calls of this form; the latest that fits, and answers at all, counts. Groups of the pattern are handed on. */
  public on(method: string, address: RegExp, handler: Handler | Reply): this {
    this.handlers.unshift({ method, address, handler: typeof handler === "function" ? handler : () => handler });
    return this;
  }

  private answer(request: IncomingMessage, text: string): Reply {
    const url = new URL(request.url ?? "/", this.endpoint);
    const call: Call = {
      method: request.method ?? "GET",
      address: decodeURIComponent(url.pathname.slice(1)),
      query: url.searchParams,
      headers: request.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
    this.calls.push(call);
    const refused = this.gate(call);
    if (refused !== undefined) return refused;
    for (const { method, address, handler } of this.handlers) {
      const match = method === call.method ? address.exec(call.address) : null;
      const reply = match === null ? undefined : handler(call, ...match.slice(1));
      if (reply !== undefined) return reply;
    }
    return { status: 501, body: { error: { code: 501, message: `The double doesn't know ${call.method} ${call.address}.` } } };
  }
}

/** An error in the form of Google's APIs. */
export const refusal = (status: number, message: string, reason = "", metadata: Record<string, string> = {}): Reply => ({
  status,
  body: {
    error: {
      code: status,
      message,
      details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "googleapis.com", metadata }],
    },
  },
});
