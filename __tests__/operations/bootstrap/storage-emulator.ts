import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface StoredObject {
  readonly content: Buffer;
  readonly generation: number;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer | object;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * As much of Cloud Storage as Terraform's gcs backend asks for, on 127.0.0.1: listing, reading, writing and deleting with preconditions on
 * the generation, by which the backend locks. What it doesn't know it answers with 501, never with a guess.
 *
 * @see https://cloud.google.com/storage/docs/json_api/v1
 * @see https://cloud.google.com/storage/docs/request-preconditions
 */
export class StorageEmulator {
  /** `<bucket>/<object>` */
  private readonly objects = new Map<string, StoredObject>();
  private readonly server: Server;
  private lastGeneration = Date.now() * 1000;

  constructor(private readonly hasBucket: (name: string) => boolean) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body, headers }) => {
        const type = Buffer.isBuffer(body) ? "application/octet-stream" : "application/json";
        response.writeHead(status, { "content-type": type, ...headers });
        response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
      });
    });
  }

  /** Value of GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT. */
  public async start(): Promise<string> {
    await once(this.server.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/storage/v1/`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Text of an object, undefined if there is none. */
  public read(bucket: string, name: string): string | undefined {
    return this.objects.get(`${bucket}/${name}`)?.content.toString("utf8");
  }

  public names(): string[] {
    return [...this.objects.keys()].sort();
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const body = await bytesOf(request);
    const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://127.0.0.1");
    const odd = [...query.keys()].find((key) => key.startsWith("if") && key !== "ifGenerationMatch");
    if (odd !== undefined) return unknown(`the precondition ${odd}`);
    const api = /^(?<upload>\/upload)?\/storage\/v1\/b\/(?<bucket>[^/]+)\/o(?:\/(?<name>[^/]+))?$/.exec(pathname)?.groups;
    const [, bucket = "", name = ""] = api
      ? ["", api.bucket, decodeURIComponent(api.name ?? "")]
      : (/^\/([^/]+)\/(.+)$/.exec(pathname) ?? []);
    if (!this.hasBucket(bucket)) return failure(404, "The specified bucket does not exist.");
    if (api?.upload !== undefined && request.method === "POST" && query.get("uploadType") === "multipart")
      return this.write(bucket, query.get("name") ?? "", query, multipart(request.headers["content-type"] ?? "", body));
    if (api && name === "" && request.method === "GET") return this.list(bucket, query.get("prefix") ?? "", query.get("delimiter") ?? "");
    if (api && request.method === "DELETE") return this.remove(bucket, name, query);
    if (request.method === "GET") return this.get(bucket, decodeURIComponent(name), api === undefined);
    return unknown(`${String(request.method)} ${String(request.url)}`);
  }

  private write(bucket: string, name: string, query: URLSearchParams, content: Buffer): Answer {
    const key = `${bucket}/${name}`;
    if (!this.holds(key, query)) return failure(412, "At least one of the pre-conditions you specified did not hold.");
    this.objects.set(key, { content, generation: ++this.lastGeneration });
    return { status: 200, body: this.metadata(key) };
  }

  private remove(bucket: string, name: string, query: URLSearchParams): Answer {
    const key = `${bucket}/${name}`;
    if (!this.objects.has(key)) return failure(404, `No such object: ${key}`);
    if (!this.holds(key, query)) return failure(412, "At least one of the pre-conditions you specified did not hold.");
    this.objects.delete(key);
    return { status: 204, body: Buffer.alloc(0) };
  }

  private get(bucket: string, name: string, wantsContent: boolean): Answer {
    const key = `${bucket}/${name}`;
    const found = this.objects.get(key);
    if (found === undefined) return failure(404, `No such object: ${key}`);
    if (!wantsContent) return { status: 200, body: this.metadata(key) };
    return { status: 200, body: found.content, headers: { "x-goog-generation": String(found.generation), "x-goog-metageneration": "1" } };
  }

  private list(bucket: string, prefix: string, delimiter: string): Answer {
    const below = this.names().filter((key) => key.startsWith(`${bucket}/${prefix}`));
    const direct = below.filter((key) => delimiter === "" || !key.slice(bucket.length + 1 + prefix.length).includes(delimiter));
    return { status: 200, body: { kind: "storage#objects", items: direct.map((key) => this.metadata(key)) } };
  }

  /** Whether the object is of the generation that the request expects; 0 stands for no object. */
  private holds(key: string, query: URLSearchParams): boolean {
    const expected = query.get("ifGenerationMatch");
    return expected === null || Number(expected) === (this.objects.get(key)?.generation ?? 0);
  }

  private metadata(key: string): object {
    const [bucket = ""] = key.split("/", 1);
    const { content = Buffer.alloc(0), generation = 0 } = this.objects.get(key) ?? {};
    return {
      kind: "storage#object",
      bucket,
      name: key.slice(bucket.length + 1),
      generation: String(generation),
      metageneration: "1",
      size: String(content.length),
      md5Hash: createHash("md5").update(content).digest("base64"),
    };
  }
}

const failure = (code: number, message: string): Answer => ({ status: code, body: { error: { code, message, errors: [{ message }] } } });
const unknown = (what: string): Answer => failure(501, `The emulator doesn't know ${what}.`);

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The second part of multipart/related: metadata first, then the content. */
function multipart(contentType: string, body: Buffer): Buffer {
  const boundary = `--${/boundary="?([^";]+)/.exec(contentType)?.[1] ?? ""}`;
  const second = body.indexOf(boundary, body.indexOf(boundary) + boundary.length);
  const start = body.indexOf("\r\n\r\n", second) + 4;
  return body.subarray(start, body.lastIndexOf(`\r\n${boundary}--`));
}
