import { execFile, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { EmbeddedError } from "../../embedded-error";
import { isRunning, markOf, type ProcessMark } from "./process-mark";

const POLL_MILLISECONDS = 25;

/** How a service's program is started. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];

  /** Variables beside this process's own. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A program that goes on when the command that started it has ended; a file says which process it is. */
export class Service {
  /** Absolute path; the log before it lies beside it, `<name>.previous.log`. */
  public readonly log: string;
  private readonly file: string;

  /** @param folder the environment's */
  constructor(
    public readonly name: string,
    folder: string,
  ) {
    this.log = join(folder, "logs", `${name}.log`);
    this.file = join(runFolder(folder), `${name}.json`);
  }

  /** Its process, where it runs. */
  public running(): ProcessMark | undefined {
    const mark = this.read();
    return mark !== undefined && isRunning(mark) ? mark : undefined;
  }

  /** Starts it, and doesn't wait for what it does. */
  public start({ command, args, environment }: Program): void {
    for (const path of [this.log, this.file]) mkdirSync(dirname(path), { recursive: true });
    if (existsSync(this.log)) renameSync(this.log, this.log.replace(/\.log$/, ".previous.log"));
    const log = openSync(this.log, "a");
    const child = spawn(command, args, {
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, ...environment },
      cwd: dirname(this.file),
    });
    closeSync(log);
    // It is looked at by its process: what can't be started has none.
    child.on("error", () => undefined);
    child.unref();
    if (child.pid !== undefined) this.adopt(child.pid);
  }

  /** Takes a process for this service's from now on. */
  public adopt(pid: number): void {
    const mark = markOf(pid);
    if (mark === undefined) return this.forget();
    writeFileSync(`${this.file}.tmp`, JSON.stringify(mark));
    renameSync(`${this.file}.tmp`, this.file);
  }

  /**
   * Ends it, politely at first; false where it didn't run.
   *
   * @param grace milliseconds until it is killed.
   */
  public async stop(grace: number): Promise<boolean> {
    const mark = this.running();
    if (mark === undefined) {
      this.forget();
      return false;
    }
    process.kill(mark.pid, "SIGTERM");
    if (!(await this.isGone(mark, grace))) {
      process.kill(mark.pid, "SIGKILL");
      if (!(await this.isGone(mark, 10_000)))
        throw new EmbeddedError(`${this.name} (process ${String(mark.pid)}) doesn't end.`, `End it yourself: kill -9 ${String(mark.pid)}`);
    }
    this.forget();
    return true;
  }

  private async isGone(mark: ProcessMark, within: number): Promise<boolean> {
    const end = Date.now() + within;
    while (isRunning(mark)) {
      if (Date.now() > end) return false;
      await delay(POLL_MILLISECONDS);
    }
    return true;
  }

  private forget(): void {
    rmSync(this.file, { force: true });
  }

  private read(): ProcessMark | undefined {
    try {
      return JSON.parse(readFileSync(this.file, "utf8")) as ProcessMark;
    } catch {
      return undefined; // There is none, or a killed command left half of it.
    }
  }
}

/** Where the files of an environment's services lie. */
export const runFolder = (folder: string): string => join(folder, "kafka", "run");

/** Runs a program that ends by itself; answers with what it says. @throws EmbeddedError with what it complains of */
export async function runToEnd({ command, args, environment }: Program, what: string, signal?: AbortSignal): Promise<string> {
  try {
    return (await promisify(execFile)(command, [...args], { env: { ...process.env, ...environment }, signal })).stdout;
  } catch (error) {
    signal?.throwIfAborted();
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new EmbeddedError(`${what} has failed: ${stderr.trim() || message}`, "Is the cluster whole? npm run topics shows it.");
  }
}
