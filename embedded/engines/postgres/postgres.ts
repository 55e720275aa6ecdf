import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EmbeddedError } from "../../embedded-error";
import { isAlive } from "../../exclusive-lock";
import type { EmbeddedPaths } from "../../paths";
import { isPortTaken, portHolder } from "../port";
import type { DeployedPostgres } from "./deployed-postgres";
import { DataMark, type MarkedData } from "./data-mark";
import { type CommandLine, ServerUser } from "./unprivileged";

const START_SECONDS = 60;
const STOP_SECONDS = 30;

/** A real Postgres server in place of the deployed container: same database, user, port and password, data in a folder per volume. */
export class PostgresServer {
  private readonly data: string;
  private readonly log: string;

  /** @param binaries folder with `bin/postgres`, `bin/initdb` and `bin/pg_ctl` */
  constructor(
    private readonly deployed: DeployedPostgres,
    private readonly paths: EmbeddedPaths,
    private readonly binaries: string,
  ) {
    this.data = join(paths.postgres(), deployed.volume);
    this.log = join(paths.postgres(), "server.log");
  }

  /**
   * Makes the database where there is none yet, and starts the server where it doesn't run yet.
   *
   * @throws EmbeddedError when the port is taken by another program, or the server doesn't come up.
   */
  public async start(): Promise<void> {
    if (this.isRunning()) {
      if (this.listensWhereDeployed() && this.hasDeployedPassword()) return;
      await this.stop();
    }
    await refuseTakenPort(this.deployed.port);
    this.forgetStranger();
    mkdirSync(this.paths.postgres(), { recursive: true });
    const user = ServerUser.whoRuns(this.program("postgres"), this.paths.postgres());
    this.initialise(user);
    this.configure();
    const started = this.run(user, [this.program("pg_ctl"), "start", "-D", this.data, "-l", this.log, "-w", "-t", String(START_SECONDS)]);
    if (!started.ok) throw this.failure("Postgres did not start", `${started.output}\n${tail(this.log)}`);
  }

  /** Stops the server; nothing happens where it doesn't run. */
  public async stop(): Promise<void> {
    await stopServer(this.data);
  }

  private isRunning(): boolean {
    return serverPid(this.data) !== undefined;
  }

  // Line 4 of postmaster.pid is the port: https://www.postgresql.org/docs/17/storage-file-layout.html
  private listensWhereDeployed(): boolean {
    return readFileSync(join(this.data, "postmaster.pid"), "utf8").split("\n")[3]?.trim() === String(this.deployed.port);
  }

  private hasDeployedPassword(): boolean {
    return DataMark.read(this.data)?.digest === new DataMark(this.deployed).digest;
  }

  // A killed server leaves the file behind, and Postgres refuses to start while any program bears the number in it. Where that is a Postgres,
  // the judgement stays with Postgres, which also knows of processes that outlived their server.
  private forgetStranger(): void {
    const file = join(this.data, "postmaster.pid");
    if (!existsSync(file)) return;
    const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
    if (isAlive(pid) && !/(^|\/)postgres$/.test(commandOf(pid).split(/[\0 ]/)[0] ?? "")) rmSync(file);
  }

  private initialise(user: ServerUser): void {
    const wanted = new DataMark(this.deployed);
    const mark = DataMark.read(this.data);
    if (mark !== undefined) return this.adapt(user, mark, wanted);
    // A folder without the mark is what a killed initdb left behind: nothing is in it yet.
    rmSync(this.data, { recursive: true, force: true });
    mkdirSync(this.data, { recursive: true, mode: 0o700 });
    const password = join(this.paths.postgres(), "initial-password");
    writeFileSync(password, wanted.password, { mode: 0o600 });
    user.own(this.data);
    user.own(password);
    const made = this.run(user, [
      this.program("initdb"),
      ...["-D", this.data, "-U", this.deployed.user, `--pwfile=${password}`],
      ...["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"],
    ]);
    rmSync(password, { force: true });
    if (!made.ok) throw this.failure("initdb failed", made.output);
    this.execute(user, `CREATE DATABASE ${this.deployed.database}`);
    wanted.write(this.data);
  }

  /** Database, user and password are set when the data is made; of these, a later password is taken on. */
  private adapt(user: ServerUser, mark: MarkedData, wanted: DataMark): void {
    if (mark.database !== wanted.database || mark.user !== wanted.user) {
      throw new EmbeddedError(
        `The data of Postgres was made for database "${mark.database}" and user "${mark.user}", but "${wanted.database}" and "${wanted.user}" are configured.`,
        "Put them back in config/dev.yaml, or remove the data first: npm run destroy",
      );
    }
    if (mark.digest === wanted.digest) return;
    this.execute(user, `ALTER ROLE ${wanted.user} PASSWORD '${wanted.password.replaceAll("'", "''")}'`);
    wanted.write(this.data);
  }

  /** Runs a statement while no server runs. */
  private execute(user: ServerUser, statement: string): void {
    const done = this.run(user, [this.program("postgres"), "--single", "-D", this.data, "postgres"], `${statement}\n`);
    if (!done.ok) throw this.failure("Postgres could not be made ready", done.output);
  }

  private configure(): void {
    const { host, port } = this.deployed;
    const settings = {
      listen_addresses: `'${host}'`,
      port,
      unix_socket_directories: "''",
      max_connections: 50,
      shared_buffers: "'128MB'",
      log_min_messages: "warning",
    };
    const text = Object.entries(settings).map(([key, value]) => `${key} = ${String(value)}\n`);
    writeFileSync(join(this.data, "postgresql.auto.conf"), `# Written at each start from the deployed container.\n${text.join("")}`);
  }

  private run(user: ServerUser, commandLine: CommandLine, input = ""): { readonly ok: boolean; readonly output: string } {
    const [command, ...args] = user.commandLine(...commandLine);
    const result = spawnSync(command, args, { input, encoding: "utf8", cwd: "/", env: { ...process.env, LC_ALL: "C" } });
    return { ok: result.status === 0, output: `${result.stdout}${result.stderr}`.trim() };
  }

  private program(name: "pg_ctl" | "initdb" | "postgres"): string {
    return join(this.binaries, "bin", name);
  }

  private failure(what: string, output: string): EmbeddedError {
    return new EmbeddedError(`${what}:\n${output.trim()}`, `The server's log: ${this.log}`);
  }
}

/** Stops every server of the environment, and removes the data of volumes that are no longer deployed. */
export async function reconcilePostgres(deployed: readonly string[], paths: EmbeddedPaths): Promise<void> {
  if (!existsSync(paths.postgres())) return;
  const volumes = readdirSync(paths.postgres(), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !deployed.includes(entry.name),
  );
  for (const { name } of volumes) {
    await stopServer(join(paths.postgres(), name));
    rmSync(join(paths.postgres(), name), { recursive: true, force: true });
  }
}

/** Stops the server of a data folder and waits until it has ended; false where none runs. */
export async function stopServer(data: string): Promise<boolean> {
  const pid = serverPid(data);
  if (pid === undefined) return false;
  // SIGINT is Postgres's fast shutdown: https://www.postgresql.org/docs/17/server-shutdown.html
  process.kill(pid, "SIGINT");
  const end = Date.now() + STOP_SECONDS * 1000;
  while (isAlive(pid)) {
    if (Date.now() > end)
      throw new EmbeddedError(`Postgres (process ${String(pid)}) does not stop.`, `Stop it yourself: kill -9 ${String(pid)}`);
    await setTimeout(50);
  }
  return true;
}

// The first line of postmaster.pid is the server's process; a killed one leaves the file behind.
function serverPid(data: string): number | undefined {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return isAlive(pid) && runsIn(pid, data) ? pid : undefined;
}

// The number may have gone to another program since: its command must name the folder.
const runsIn = (pid: number, data: string): boolean => commandOf(pid).includes(data);

/** Command line of a process; its words are separated by NUL or by spaces, as the system tells it. */
function commandOf(pid: number): string {
  const file = `/proc/${String(pid)}/cmdline`;
  if (existsSync(file)) return readFileSync(file, "utf8");
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
}

async function refuseTakenPort(port: number): Promise<void> {
  if (!(await isPortTaken(port))) return;
  const holder = portHolder(port);
  throw new EmbeddedError(
    `Port ${String(port)} on 127.0.0.1, where Postgres should listen, is taken${holder ? ` by process ${String(holder.pid)} (${holder.command})` : ""}.`,
    "Stop that program, or choose another port: postgres.port in config/dev.yaml.",
  );
}

const tail = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").slice(-10).join("\n") : "");
