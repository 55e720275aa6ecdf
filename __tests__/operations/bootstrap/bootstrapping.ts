import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { Catalog } from "../../../embedded/catalog/catalog";
import { EmbeddedPaths } from "../../../embedded/paths";
import { embeddedVariables } from "../../../embedded/terraform/environment";
import { executable } from "../../../embedded/terraform/shell";
import { until } from "../../embedded/provider/deadline";
import { root } from "../../embedded/provider/built-provider";

/** What a command printed, and its exit code: null when it was killed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs `npm run bootstrap -- dev` with Terraform's own gcs backend against the emulator, while the stand-in provider poses as Google. */
export class Bootstrapping {
  public readonly catalog: Catalog;

  /** The state as long as it waits on this machine. */
  public readonly stateFile: string;

  private readonly variables: NodeJS.ProcessEnv;

  constructor(
    private readonly folder: string,
    embedded: string,
    endpoint: string,
  ) {
    this.catalog = new Catalog(new EmbeddedPaths(embedded, "dev").catalog());
    this.stateFile = path.join(folder, "state", "dev-bootstrap.tfstate");
    const searchPath = [process.env.PATH, path.join(root, ".embedded", "bin")].join(path.delimiter);
    this.variables = {
      ...process.env,
      ...embeddedVariables(embedded, "dev", searchPath),
      PLATFORM_TARGET: "cloud",
      GCP_PROJECT_DEV: "acme-dev",
      GCP_PROJECT_NUMBER_DEV: "123456789012",
      GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT: endpoint,
      GOOGLE_OAUTH_ACCESS_TOKEN: "none",
      TERRAFORM_BINARY_NAME: path.join(folder, "terraform"),
      NO_COLOR: "1",
    };
    // Kills the command that runs it, as `kill -9` would, when it is about to move the state.
    executable(path.join(folder, "terraform"), [
      `case "$KILL $*" in 1*-migrate-state*) kill -9 $PPID; exit 1 ;; esac`,
      `exec terraform "$@"`,
    ]);
  }

  /** Runs the command to its end. */
  public run(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", path.join(root, "scripts/commands/bootstrap.ts"), "--state-file", this.stateFile, ...args],
      {
        cwd: root,
        env: { ...this.variables, ...variables },
      },
    );
    return ended(child, listen(child));
  }

  /** Another Terraform that works on the same state: it holds the lock while it waits for an answer. */
  public async holdLock(): Promise<{ release(): Promise<void> }> {
    const folder = path.join(this.folder, "other");
    fs.mkdirSync(folder, { recursive: true });
    const backend = { gcs: { bucket: "acme-dev-terraform-state", prefix: "bootstrap/dev" } };
    fs.writeFileSync(
      path.join(folder, "main.tf.json"),
      JSON.stringify({ terraform: { backend }, resource: { terraform_data: { other: {} } } }),
    );
    const options = { cwd: folder, env: { ...this.variables, TF_INPUT: "1" } };
    const init = spawn("terraform", ["init", "-no-color"], options);
    expect(await ended(init, listen(init))).toMatchObject({ code: 0 });
    const child = spawn("terraform", ["apply", "-no-color"], options);
    const said = listen(child);
    await until("the other Terraform's question", () => said().includes("Enter a value:"));
    return {
      release: async () => {
        child.stdin.end("no\n");
        await ended(child, said);
      },
    };
  }

  /** Resources in the state that waits on this machine, undefined without one. */
  public resourcesOnMachine(): number | undefined {
    if (!fs.existsSync(this.stateFile)) return undefined;
    return (JSON.parse(fs.readFileSync(this.stateFile, "utf8")) as { resources: unknown[] }).resources.length;
  }
}

function listen(child: ChildProcessWithoutNullStreams): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  return () => output;
}

const ended = (child: ChildProcessWithoutNullStreams, said: () => string): Promise<Ended> =>
  new Promise((resolve) => child.once("close", (code) => resolve({ code, output: said() })));
