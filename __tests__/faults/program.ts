import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** A program that is started again when it was killed. */
export class Program {
  private child: ChildProcess | undefined;
  private said = "";

  constructor(
    private readonly command: string,
    private readonly args: readonly string[],
    private readonly variables: Record<string, string> = {},
  ) {}

  public get runs(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  public start(): void {
    this.child = spawn(this.command, this.args, { cwd: root, env: { ...process.env, ...this.variables } });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on("data", (text: Buffer) => (this.said += text.toString()));
  }

  /** Sends it a signal, and waits until it has ended. @throws Error where it had ended before: nothing was tried then */
  public async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.runs) throw this.ended();
    const ended = once(this.child!, "exit");
    this.child!.kill(signal);
    await ended;
  }

  /** Resolves when it has ended well. @throws Error with what it said, where it hasn't */
  public async finished(): Promise<void> {
    if (this.runs) await once(this.child!, "exit");
    if (this.child?.exitCode !== 0) throw this.ended();
  }

  /** Kills it where it still runs. */
  public remove(): void {
    if (this.runs) this.child!.kill("SIGKILL");
  }

  private ended(): Error {
    const how = String(this.child?.exitCode ?? this.child?.signalCode);
    return new Error(`${this.command} ${this.args.slice(0, 3).join(" ")} ended with ${how}: ${this.said.slice(-4000)}`);
  }
}
