import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Configuration } from "../../config/configuration";
import { applyPlan, planStack, synthesise, type Project, type Stack, type StackPlan } from "../terraform/stack";
import { terraform, TerraformError } from "../terraform/terraform";
import { homeOf, parseState, type KnownState, type StateHome } from "./state-home";

/** What is to be bootstrapped, and where its state waits until there is a bucket for it. */
export interface BootstrapOptions {
  readonly project: Project;
  readonly configuration: Configuration;

  /** Absolute path of the state on this machine. */
  readonly stateFile: string;
}

/**
 * Deploys an environment's bootstrap stack, whose state lies at last in a bucket that the stack itself makes: so it is deployed with its
 * state on this machine first, and the state is moved then. Each step can be killed and repeated; where to go on is read from the states.
 *
 * On the embedded cloud the state stays on this machine.
 */
export class Bootstrap {
  private readonly name: string;
  private stack?: Promise<Stack>;

  constructor(private readonly options: BootstrapOptions) {
    this.name = `${options.configuration.name}-bootstrap`;
  }

  /** `gs://bucket/folder`, undefined where the state stays on this machine. */
  public get bucketUrl(): string | undefined {
    const { bootstrapBackend: backend } = this.options.configuration;
    return backend.kind === "gcs" ? `gs://${backend.bucket}/${backend.prefix}` : undefined;
  }

  /** Where the state is now. @throws StateConflict, TerraformError */
  public async locate(): Promise<StateHome> {
    if (this.bucketUrl === undefined) return "machine";
    return homeOf(this.localState(), await this.remoteState());
  }

  /** Plans against the state where it is: {@link locate} knows better than what Terraform noted before the state moved. */
  public async plan(home: StateHome): Promise<{ readonly stack: Stack; readonly plan: StackPlan }> {
    const stack = await this.stackWithStateIn(home);
    return { stack, plan: await planStack(stack, { ...this.options.project, reconfigure: true }) };
  }

  /** Does what was planned. */
  public apply({ stack, plan }: { readonly stack: Stack; readonly plan: StackPlan }, onLine: (line: string) => void): Promise<void> {
    return applyPlan(stack, plan, { ...this.options.project, onLine });
  }

  /**
   * Moves the state from this machine, where {@link plan} has just used it, into the bucket, and makes sure that it arrived.
   *
   * @throws TerraformError when it did not
   */
  public async moveState(): Promise<void> {
    const sent = this.localState();
    const { folder } = await this.stackWithStateIn("bucket");
    // Without -force-copy it would ask; the bucket's state is known to be empty.
    await terraform(["init", "-no-color", "-migrate-state", "-force-copy"], { ...this.options.project, folder });
    const arrived = parseState(await terraform(["state", "pull"], { ...this.options.project, folder }));
    if (sent === undefined || arrived?.lineage !== sent.lineage || arrived.resources !== sent.resources)
      throw new TerraformError(`The state did not arrive in ${String(this.bucketUrl)}; it still lies in ${this.options.stateFile}.`);
    this.retireLocalState();
  }

  /** Puts the copy on this machine out of the way, once the bucket has it; it may be deleted. */
  public retireLocalState(): void {
    const { stateFile } = this.options;
    if (existsSync(stateFile)) renameSync(stateFile, `${stateFile}.moved`);
  }

  private localState(): KnownState | undefined {
    const { stateFile } = this.options;
    try {
      return existsSync(stateFile) ? parseState(readFileSync(stateFile, "utf8")) : undefined;
    } catch {
      throw new TerraformError(
        `${stateFile} is not a whole state: Terraform was killed while it wrote it.\nPut ${stateFile}.backup in its place if there is one (else remove the file), and import what was made since.`,
      );
    }
  }

  /** Undefined also where there is no bucket yet. */
  private async remoteState(): Promise<KnownState | undefined> {
    const options = { ...this.options.project, ...(await this.stackWithStateIn("bucket")) };
    try {
      await terraform(["init", "-no-color", "-reconfigure"], options);
    } catch (error) {
      // Terraform's own words for Cloud Storage's 404.
      if (error instanceof TerraformError && /bucket doesn't exist/.test(error.message)) return undefined;
      throw error;
    }
    return parseState(await terraform(["state", "pull"], options));
  }

  /** The stack's own backend is the bucket; an override file beside it, Terraform's own means, stands in for that. */
  private async stackWithStateIn(home: StateHome): Promise<Stack> {
    const stack = await (this.stack ??= synthesise(this.options.project, this.name));
    const override = join(stack.folder, "backend_override.tf.json");
    if (home === "bucket" || this.bucketUrl === undefined) rmSync(override, { force: true });
    else {
      mkdirSync(dirname(this.options.stateFile), { recursive: true });
      writeFileSync(override, JSON.stringify({ terraform: { backend: { local: { path: this.options.stateFile } } } }));
    }
    return stack;
  }
}
