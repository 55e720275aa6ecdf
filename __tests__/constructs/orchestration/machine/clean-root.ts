import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const root = resolve(__dirname, "../../../..");
const python = (environment: string) => join(root, ".embedded/python", environment, "bin/python");
const BUCKET = "acme-dev-airflow";

/** What the start-up script needs of the machine, and a reason if it isn't here. */
export function missingHere(): string | undefined {
  if (process.platform !== "linux") return "it is a script for Linux";
  if (postgresFolder() === undefined) return "there is no Postgres of Debian's below /usr/lib/postgresql";
  if (!existsSync(python("emulators"))) return "the emulators aren't installed: npm run setup";
  const answer = spawnSync("/usr/bin/python3.11", ["-c", "import ensurepip"]);
  return answer.status === 0 ? undefined : "there is no Python 3.11 of Debian's, with ensurepip";
}

/** Of any version: the machine's Debian has 15. */
function postgresFolder(): string | undefined {
  const folder = "/usr/lib/postgresql";
  const versions = existsSync(folder) ? readdirSync(folder) : [];
  return versions.map((version) => join(folder, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
}

/** A root of its own for the start-up script, with a metadata server, a bucket and a systemctl that stands in for systemd's. */
export class CleanRoot {
  public readonly folder = mkdtempSync(join(tmpdir(), "vm-"));
  public port = 0;
  private metadata?: Server;
  private storage?: ChildProcess;
  private variables: NodeJS.ProcessEnv = {};
  private storageUrl = "";

  /** @param attributes The machine's metadata, besides the bucket's name. */
  public async open(attributes: Readonly<Record<string, string>>): Promise<void> {
    chmodSync(this.folder, 0o755);
    const state = join(this.folder, "state");
    mkdirSync(state);
    this.port = await freePort();
    const storagePort = await freePort();
    this.storageUrl = `http://127.0.0.1:${String(storagePort)}`;
    this.storage = spawn(
      python("emulators"),
      ["-m", "gcp_storage_emulator", "start", "--host", "127.0.0.1", "--port", String(storagePort), "--default-bucket", BUCKET, "-q", "-M"],
      { stdio: "ignore" },
    );
    this.metadata = createServer(({ url = "" }, response) => {
      const [, name = ""] = /\/instance\/attributes\/([\w-]+)$/.exec(url) ?? [];
      const answer = url.endsWith("/token")
        ? '{"access_token": "here", "expires_in": 3600}'
        : { "airflow-bucket": BUCKET, ...attributes }[name];
      response.writeHead(answer === undefined ? 404 : 200).end(answer);
    });
    await once(this.metadata.listen(0, "127.0.0.1"), "listening");
    this.variables = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(_*AIRFLOW_|PYTHON|PIPELINE_|VIRTUAL_ENV$)/.test(name))),
      ROOT: this.folder,
      OWNER: "nobody",
      PORT: String(this.port),
      POSTGRES_BIN: postgresFolder(),
      METADATA: `http://127.0.0.1:${String((this.metadata.address() as AddressInfo).port)}`,
      STORAGE: this.storageUrl,
      STAND_IN_UNITS: join(this.folder, "etc/systemd/system"),
      STAND_IN_STATE: state,
      // Its Python is the system's: one in a home folder is nobody else's to run.
      PATH: `${__dirname}:/usr/bin:${process.env.PATH ?? ""}`,
    };
    await until("the storage emulator answers", 60, async () => (await fetch(`${this.storageUrl}/storage/v1/b/${BUCKET}`)).ok);
  }

  public async put(name: string, content: Buffer | string): Promise<void> {
    const address = `${this.storageUrl}/upload/storage/v1/b/${BUCKET}/o?uploadType=media&name=${encodeURIComponent(name)}`;
    const body = new Uint8Array(Buffer.from(content));
    const { ok, status } = await fetch(address, { method: "POST", headers: { "content-type": "application/octet-stream" }, body });
    if (!ok) throw new Error(`${name} can't be put into the bucket: ${String(status)}`);
  }

  public async get(name: string): Promise<string> {
    return (await fetch(`${this.storageUrl}/storage/v1/b/${BUCKET}/o/${encodeURIComponent(name)}?alt=media`)).text();
  }

  /** Runs a command in it to its end; returns what it printed. */
  public async run(command: string, ...args: string[]): Promise<string> {
    const child = spawn(command, args, { env: this.variables, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`${command} ended with ${String(code)}:\n${printed.slice(-4000)}`);
    return printed;
  }

  /** Process ids by unit. */
  public pids(): Record<string, string> {
    const state = join(this.folder, "state");
    const files = readdirSync(state).filter((name) => name.endsWith(".pid"));
    return Object.fromEntries(files.map((name) => [name.replace(".service.pid", ""), readFileSync(join(state, name), "utf8")]));
  }

  public async close(): Promise<void> {
    await this.run("systemctl", "stop", "airflow@api-server", "airflow@scheduler", "airflow@dag-processor", "airflow-postgres").catch(
      () => "",
    );
    this.storage?.kill();
    this.metadata?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createSocket().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Asks until the answer is yes; a request that fails is a no. */
export async function until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`not within ${String(seconds)} s: ${what}`);
    await delay(200);
  }
}
