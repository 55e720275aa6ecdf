import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const script = resolve(__dirname, "../../../../constructs/orchestration/airflow-machine/sync.py");

/** A bucket whose objects are encrypted with a key of the customer's: its lists hold no hash, as Google's documents say. */
class EncryptedBucket {
  public readonly objects = new Map<string, { content: Buffer; generation: number }>();

  /** What was asked for since it was last looked at, but for lists. */
  public asked: string[] = [];
  private writes = 0;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://bucket");
      response.end(this.answer(url, Buffer.concat(chunks)));
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

  public put(name: string, content: string | Buffer): string {
    const generation = ++this.writes;
    this.objects.set(name, { content: Buffer.from(content), generation });
    return JSON.stringify({ name, generation: String(generation) });
  }

  private answer({ pathname, searchParams }: URL, body: Buffer): string | Buffer {
    if (pathname.endsWith("/token")) return '{"access_token": "here"}';
    const name = searchParams.get("name");
    if (name !== null) {
      this.asked.push(`write ${name}`);
      return this.put(name, body);
    }
    const [, read] = /\/o\/(.+)$/.exec(pathname) ?? [];
    if (read !== undefined) {
      this.asked.push(`read ${decodeURIComponent(read)}`);
      return this.objects.get(decodeURIComponent(read))!.content;
    }
    const found = [...this.objects].filter(([one]) => one.startsWith(searchParams.get("prefix") ?? ""));
    return JSON.stringify({ items: found.map(([one, { generation }]) => ({ name: one, generation: String(generation) })) });
  }
}

const bucket = new EncryptedBucket();
let folder = "";
let url = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sync-"));
  url = await bucket.start();
  bucket.objects.clear();
  bucket.put("dags/trips.py", "# trips\n");
  bucket.put("data/environments/data.lock", "# lock\n");
  leave("data/runs/1/plan.json", "{}");
});
afterEach(() => {
  bucket.stop();
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string): string => join(folder, name);
function leave(name: string, text: string): void {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), text);
}
async function synchronise(): Promise<{ printed: string[]; asked: string[] }> {
  bucket.asked = [];
  const env = { PATH: process.env.PATH, STORAGE: url, METADATA: url, PYTHONDONTWRITEBYTECODE: "1" };
  const { stdout } = await run("python3", [script, "acme-dev-airflow", folder], { env });
  return { printed: stdout.split("\n").filter(Boolean), asked: bucket.asked };
}

test("what hasn't changed is neither fetched nor sent again, though no list tells its hash", async () => {
  expect((await synchronise()).printed).toEqual(["dags/trips.py came", "data/environments/data.lock came", "data/runs/1/plan.json sent"]);
  const before = statSync(path("data/environments/data.lock"));

  expect(await synchronise()).toEqual({ printed: [], asked: [] });
  expect(statSync(path("data/environments/data.lock"))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test("what changes on either side is seen: a new content, a file that somebody edited, what a run goes on to write", async () => {
  await synchronise();
  bucket.put("data/environments/data.lock", "# newer\n");
  leave("dags/trips.py", "# edited by hand\n");
  leave("data/runs/1/plan.json", '{"status": "done"}');

  expect((await synchronise()).printed).toEqual(["dags/trips.py came", "data/environments/data.lock came", "data/runs/1/plan.json sent"]);
  expect(readFileSync(path("dags/trips.py"), "utf8")).toBe("# trips\n");
  expect(bucket.objects.get("data/runs/1/plan.json")!.content.toString()).toBe('{"status": "done"}');
  expect((await synchronise()).printed).toEqual([]);
});

test("the same content written anew is looked at once, and the file stays: nothing that waits for a new lock wakes up", async () => {
  await synchronise();
  const { ino } = statSync(path("data/environments/data.lock"));
  bucket.put("data/environments/data.lock", "# lock\n");

  expect(await synchronise()).toEqual({ printed: [], asked: ["read data/environments/data.lock"] });
  expect(statSync(path("data/environments/data.lock")).ino).toBe(ino);
  expect((await synchronise()).asked).toEqual([]);
});

test("what is gone from the bucket goes, and isn't remembered", async () => {
  bucket.put("dags/old.py", "# old\n");
  await synchronise();
  bucket.objects.delete("dags/old.py");

  expect((await synchronise()).printed).toEqual(["dags/old.py went"]);
  expect(existsSync(path("dags/old.py"))).toBe(false);
  expect(readFileSync(path(".synchronised.json"), "utf8")).not.toContain("old.py");
});
