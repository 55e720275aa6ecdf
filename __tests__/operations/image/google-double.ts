import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What was asked of the double. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** An answer of the double; JSON unless it is a text. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Answers on this machine for Google's APIs, as told. */
export class GoogleDouble {
  public readonly asked: Asked[] = [];
  public answer: (asked: Asked) => Answer = () => ({});
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const asked = { method: request.method!, path: request.url!, headers: request.headers, body: Buffer.concat(chunks) };
      this.asked.push(asked);
      const { status = 200, headers = {}, body = "" } = this.answer(asked);
      response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });

  /** Address of the double: `http://127.0.0.1:<port>`. */
  public get origin(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  public async start(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, "127.0.0.1", listening));
  }

  public async stop(): Promise<void> {
    await new Promise((closed) => this.server.close(closed));
  }
}
