import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const TOKEN = "token-of-the-machine";

/** What a machine asks Google for: its token, Secret Manager, and Cloud Monitoring, which keeps what it is told. */
export class GoogleStandIn {
  /** Versions of secrets, oldest first. */
  public readonly secrets = new Map<string, string[]>();

  /** Time series that were written. */
  public readonly written: any[] = [];

  private constructor(private readonly server: Server) {}

  public static async start(): Promise<GoogleStandIn> {
    const server = createServer();
    const google = new GoogleStandIn(server);
    server.on("request", (request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { status, body } = google.answer(request, Buffer.concat(chunks).toString());
        response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return google;
  }

  public get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  public newest(secret: string): string {
    return this.secrets.get(secret)?.at(-1) ?? "";
  }

  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer({ url = "", headers }: IncomingMessage, body: string): { status: number; body: unknown } {
    if (url.startsWith("/computeMetadata/")) {
      return headers["metadata-flavor"] === "Google" ? { status: 200, body: { access_token: TOKEN } } : { status: 403, body: {} };
    }
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: {} };
    if (url === "/v3/projects/acme-dev/timeSeries") {
      this.written.push(...JSON.parse(body).timeSeries);
      return { status: 200, body: {} };
    }
    const [, secret = "", method] = /^\/v1\/projects\/acme-dev\/secrets\/([\w-]+)(\/versions\/latest:access|:addVersion)$/.exec(url) ?? [];
    if (method === ":addVersion") {
      const data = Buffer.from(JSON.parse(body).payload.data, "base64").toString();
      this.secrets.set(secret, [...(this.secrets.get(secret) ?? []), data]);
      return { status: 200, body: {} };
    }
    const newest = this.secrets.get(secret)?.at(-1);
    return newest === undefined
      ? { status: 404, body: {} }
      : { status: 200, body: { payload: { data: Buffer.from(newest).toString("base64") } } };
  }
}
