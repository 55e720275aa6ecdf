import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const project = resolve(__dirname, "../../..");

/**
 * A folder that holds the set-up scripts and nothing else: they take it for the project. Code runs in it with Node itself, as jest's own
 * loader doesn't take ES modules.
 */
export class Sandbox {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "set-up-")));

  constructor() {
    cpSync(join(project, "scripts"), join(this.root, "scripts"), { recursive: true });
  }

  /** Evaluates the body of an async function, in which `load("setup/stamp.mjs")` imports a script; gives what it returns. */
  evaluate(body: string, env: NodeJS.ProcessEnv = {}): any {
    const output = execFileSync(process.execPath, this.arguments(body), {
      cwd: this.root,
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
    return JSON.parse(output.trimEnd().split("\n").at(-1)!);
  }

  /** The same without waiting for its end. */
  start(body: string): ChildProcess {
    return spawn(process.execPath, this.arguments(body), { cwd: this.root, stdio: ["ignore", "pipe", "pipe"] });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private arguments(body: string): string[] {
    const load = `const load = (path) => import(${JSON.stringify(`${this.root}/scripts/`)} + path);`;
    const run = `const value = await (async () => { ${body} })(); if (value !== undefined) console.log(JSON.stringify(value));`;
    return ["--input-type=module", "--eval", `${load}\n${run}`];
  }
}

/** Waits until a condition holds. @throws Error naming it after 20 s */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited 20 s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a process prints (both streams), and how it ends. */
export async function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }> {
  let output = "";
  child.stdout!.on("data", (chunk) => (output += chunk));
  child.stderr!.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, output })));
}
