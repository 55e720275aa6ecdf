import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parsePlan, type Plan } from "../guard/plan";
import { run, terraform, TerraformError, type RunOptions } from "./terraform";

/** A stack of this project that Terraform can work on. */
export interface Stack {
  readonly name: string;

  /** Folder with its `cdk.tf.json`, the one that `cdktf` uses too. */
  readonly folder: string;
}

/** Whose stacks, and where their Terraform files go. */
export interface Project extends Omit<RunOptions, "folder"> {
  /** Absolute path of the project. */
  readonly root: string;
}

/** A plan on disk, and what it says. */
export interface StackPlan {
  readonly file: string;
  readonly content: Plan;
}

/**
 * Writes the Terraform files of all stacks, as `cdktf synth` does, and returns the one that is asked for.
 *
 * @throws TerraformError when the configuration is wrong, or has no stack of that name.
 */
export async function synthesise({ root, ...options }: Project, name: string): Promise<Stack> {
  const out = options.variables.CDKTF_OUTPUT ?? join(root, "cdktf.out");
  const variables = { ...options.variables, CDKTF_OUTDIR: out };
  const onWarnings = (text: string): boolean => process.stderr.write(text);
  await run(process.execPath, ["--import", "tsx", "main.ts"], { onWarnings, ...options, folder: root, variables });
  const { stacks } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
    stacks: Record<string, { workingDirectory: string }>;
  };
  const found = stacks[name];
  if (!found) throw new TerraformError(`There is no stack "${name}"; there are: ${Object.keys(stacks).join(", ")}.`);
  return { name, folder: join(out, found.workingDirectory) };
}

/** How to plan. */
export interface PlanOptions extends Omit<RunOptions, "folder"> {
  /**
   * Keeps others from working on the state meanwhile, which takes the right to write it.
   *
   * @default true
   */
  readonly lock?: boolean;

  /**
   * Takes the state where the configuration says, though it lay elsewhere before: for who has made sure where it is.
   *
   * @default false
   */
  readonly reconfigure?: boolean;

  /**
   * Plans to destroy all of it.
   *
   * @default false
   */
  readonly destroy?: boolean;
}

/** Plans what a deploy would do, keeping the plan for {@link applyPlan}. @throws TerraformError with Terraform's own errors */
export async function planStack(
  stack: Stack,
  { lock = true, reconfigure = false, destroy = false, ...options }: PlanOptions,
): Promise<StackPlan> {
  const { folder } = stack;
  const here = { ...options, folder };
  const file = join(folder, "plan");
  if (existsSync(file)) rmSync(file);
  if (reconfigure) await terraform(["init", "-no-color", "-reconfigure"], here);
  else await initialise(stack, here);
  await terraform(["plan", "-no-color", `-out=${file}`, ...(lock ? [] : ["-lock=false"]), ...(destroy ? ["-destroy"] : [])], here);
  return { file, content: parsePlan(await terraform(["show", "-json", file], { ...here, onLine: undefined }), file) };
}

/** Unlike `init -reconfigure` it refuses another place of the state than before: an empty state there would mean to make everything anew. */
async function initialise({ name, folder }: Stack, options: RunOptions): Promise<void> {
  try {
    await terraform(["init", "-no-color"], options);
  } catch (error) {
    if (!(error instanceof TerraformError && /Backend configuration changed/i.test(error.message))) throw error;
    throw new TerraformError(
      `The configuration of "${name}" names another place for its state than when it was last planned here; nothing was changed.
If that is a mistake: set state.bucket and state.prefix in config/, or the project's variables, back to what they were.
If the state is to move there: terraform -chdir=${folder} init -migrate-state
If it is there already: remove ${join(folder, ".terraform/terraform.tfstate")}, in which Terraform notes the place, not the state.`,
    );
  }
}

/** Does just what the plan says. @throws TerraformError with Terraform's own errors, also when the state has changed since */
export async function applyPlan({ folder }: Stack, { file }: StackPlan, options: Omit<RunOptions, "folder">): Promise<void> {
  await terraform(["apply", "-no-color", file], { ...options, folder });
}
