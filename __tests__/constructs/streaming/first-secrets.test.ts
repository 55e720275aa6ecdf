import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const broker = resolve(__dirname, "../../../pipelines/streaming/broker");
const run = promisify(execFile);

/** Secret Manager as Google describes it: the newest version by its number at once, and as `latest` when it pleases. */
class LateSecrets {
  public readonly added: string[] = [];
  public isVisible = false;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { status, body } = this.answer(request.url ?? "", Buffer.concat(chunks).toString());
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
  });

  public async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(url: string, body: string): { status: number; body: unknown } {
    if (url.startsWith("/computeMetadata/")) return { status: 200, body: { access_token: "token" } };
    if (url.endsWith(":addVersion")) {
      this.added.push(Buffer.from(JSON.parse(body).payload.data, "base64").toString());
      return { status: 200, body: {} };
    }
    if (!this.isVisible || this.added.length === 0) return { status: 404, body: {} };
    return { status: 200, body: { payload: { data: Buffer.from(this.added.at(-1)!).toString("base64") } } };
  }
}

const secrets = new LateSecrets();
let folder = "";
let url = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
  mkdirSync(join(folder, "passwords"));
  url = await secrets.start();
});
afterEach(() => {
  secrets.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a first version that can't be read back for a while is used, made once, and the same when it is seen", async () => {
  const file = join(folder, "passwords/admin");
  const fetchSecret = () =>
    run(
      "bash",
      [
        "-euo",
        "pipefail",
        "-c",
        'say() { echo "$*"; }; die() { echo "$*" >&2; exit 1; }; . "$HOME_DIR/boot/secrets.sh"; fetch_secret kafka-admin "$FILE" new_password',
      ],
      {
        env: {
          PATH: process.env.PATH,
          HOME_DIR: broker,
          FILE: file,
          PROJECT: "acme-dev",
          NODE_ID: "1",
          GROUP: String(process.getgid?.() ?? 0),
          STREAMING_METADATA_URL: url,
          STREAMING_SECRETS_URL: url,
          STREAMING_PATIENCE_SECONDS: "1",
          PYTHONDONTWRITEBYTECODE: "1",
        },
      },
    );

  expect((await fetchSecret()).stdout).toBe("making the first version of secret trips-kafka-admin\n");
  const made = readFileSync(file, "utf8");
  expect(made).toMatch(/^[\w+/]{40}$/);
  expect(secrets.added).toEqual([made]);

  expect((await fetchSecret()).stdout).toBe("");
  secrets.isVisible = true;
  expect((await fetchSecret()).stdout).toBe("");

  expect(secrets.added).toEqual([made]);
  expect(readFileSync(file, "utf8")).toBe(made);
  expect(existsSync(`${file}.new`)).toBe(false);
});
