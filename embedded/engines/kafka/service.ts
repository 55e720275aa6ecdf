import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedError } from "../../embedded-error";
import { isRunning, markOf, type ProcessMark } from "./process-mark";
import { type Program, printOf } from "./program";

const POLL_MILLISECONDS = 25;

/** A service's process. */
export interface ServiceMark extends ProcessMark {
  /** Of the program that it was started as. @default - not known: it was adopted */
  readonly print?: string;
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
  public running(): ServiceMark | undefined {
    const mark = this.read();
    return mark !== undefined && isRunning(mark) ? mark : undefined;
  }

  /** Whether it runs, and was started as this very program. */
  public runsAs(program: Program): boolean {
    return this.running()?.print === printOf(program);
  }

  /** Starts it, and doesn't wait for what it does. */
  public start(program: Program): void {
    const { command, args, environment } = program;
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
    if (child.pid !== undefined) this.adopt(child.pid, printOf(program));
  }

  /** Takes a process for this service's from now on. */
  public adopt(pid: number, print?: string): void {
    const mark = markOf(pid);
    if (mark === undefined) return this.forget();
    writeFileSync(`${this.file}.tmp`, JSON.stringify({ ...mark, print }));
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
    send(mark, "SIGTERM");
    if (!(await this.isGone(mark, grace))) {
      send(mark, "SIGKILL");
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

  private read(): ServiceMark | undefined {
    try {
      return JSON.parse(readFileSync(this.file, "utf8")) as ServiceMark;
    } catch {
      return undefined; // There is none, or a killed command left half of it.
    }
  }
}

/** It may end by itself before the signal comes. */
function send({ pid }: ProcessMark, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Where the files of an environment's services lie. */
export const runFolder = (folder: string): string => join(folder, "kafka", "run");
