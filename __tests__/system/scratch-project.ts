import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { usualPorts } from "../../embedded/engines/kafka/kafka-options";
import { isPortTaken } from "../../embedded/engines/port";

const root = resolve(__dirname, "../..");
const NOT_COPIED = new Set([".git", ".embedded", ".secrets", "node_modules", "cdktf.out"]);
const TOOLS = ["python", "postgres", "tools", "bin", "kafka"];

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A command that runs. */
export interface Started {
  readonly ended: Promise<Ended>;

  /** As the system does it when memory runs out: nothing can be tidied up. */
  kill(): void;
}

/** A copy of the project in a folder of its own, with this one's tools but nothing of its data: for commands as a person types them. */
export class ScratchProject {
  public readonly folder = mkdtempSync(join(tmpdir(), "trips-project-"));

  private constructor(
    public readonly port: number,
    private readonly kafkaPort: number,
  ) {}

  public static async create(): Promise<ScratchProject> {
    const project = new ScratchProject(await freePort(), await kafkaPort());
    for (const entry of readdirSync(root).filter((name) => !NOT_COPIED.has(name))) {
      cpSync(join(root, entry), join(project.folder, entry), { recursive: true, filter: (path) => !/__pycache__|_cache$/.test(path) });
    }
    symlinkSync(join(root, "node_modules"), join(project.folder, "node_modules"));
    mkdirSync(project.path(".embedded"));
    for (const tool of TOOLS.filter((name) => readdirSync(join(root, ".embedded")).includes(name))) {
      symlinkSync(join(root, ".embedded", tool), project.path(".embedded", tool));
    }
    const dev = project.path("config/dev.yaml");
    writeFileSync(dev, readFileSync(dev, "utf8").replace(/port: 5433/, `port: ${String(project.port)}`));
    await project.node("scripts/setup/build-embedded.ts");
    return project;
  }

  /** What commands are given to keep apart from those of other projects. */
  public get variables(): NodeJS.ProcessEnv {
    return { EMBEDDED_KAFKA_PORT: String(this.kafkaPort) };
  }

  public path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Small files of the TLC's shape, made by the project's own generator. */
  public generate(folder: string, months: string, rows: number, services = "yellow,green"): string {
    const out = this.path(folder);
    const python = this.path(".embedded/python/data/bin/python");
    const args = ["-m", "ingest", "generate", "--out", out, "--months", months, "--rows", String(rows), "--services", services];
    execFileSync(python, args, { stdio: "pipe", env: { ...process.env, PYTHONPATH: this.path("pipelines/ingest/src") } });
    return out;
  }

  /** What `npm run <command>` runs once set-up is done. */
  public command(name: string, ...args: string[]): Promise<Ended> {
    return this.start(name, args).ended;
  }

  /** The same, with variables of its own, and while it runs. */
  public start(name: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}): Started {
    return this.spawn([`scripts/commands/${name}.ts`, ...args], variables);
  }

  public async remove(): Promise<void> {
    await this.command("down");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a file of the project. */
  public node(...args: string[]): Promise<Ended> {
    return this.spawn(args, {}).ended;
  }

  private spawn(args: readonly string[], variables: NodeJS.ProcessEnv): Started {
    const child = spawn(process.execPath, ["--import", "tsx", ...args], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...this.variables, ...variables },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    const ended = new Promise<Ended>((done) =>
      child.once("close", (code) => {
        done({ code, output });
      }),
    );
    return { ended, kill: () => child.kill("SIGKILL") };
  }
}

/** A port for the first broker, with those that go with it: of two projects at once, neither gets the other's. */
async function kafkaPort(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const { clients, controllers, registry, connect } = usualPorts(1, first);
    const taken = await Promise.all([...clients, ...controllers, registry, connect].map(isPortTaken));
    if (!taken.includes(true)) return first;
  }
}

/** A port on which nothing listens now. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        done(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}
