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
  await run(process.execPath, ["--import", "tsx", "main.ts"], { ...options, folder: root, variables });
  const { stacks } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
    stacks: Record<string, { workingDirectory: string }>;
  };
  const found = stacks[name];
  if (!found) throw new TerraformError(`There is no stack "${name}"; there are: ${Object.keys(stacks).join(", ")}.`);
  return { name, folder: join(out, found.workingDirectory) };
}

/** Plans what a deploy would do, keeping the plan for {@link applyPlan}. @throws TerraformError with Terraform's own errors */
export async function planStack({ folder }: Stack, options: Omit<RunOptions, "folder">): Promise<StackPlan> {
  const here = { ...options, folder };
  const file = join(folder, "plan");
  if (existsSync(file)) rmSync(file);
  await terraform(["init", "-no-color", "-reconfigure"], here);
  await terraform(["plan", "-no-color", `-out=${file}`], here);
  return { file, content: parsePlan(await terraform(["show", "-json", file], { ...here, onLine: undefined }), file) };
}

/** Does just what the plan says. @throws TerraformError with Terraform's own errors, also when the state has changed since */
export async function applyPlan({ folder }: Stack, { file }: StackPlan, options: Omit<RunOptions, "folder">): Promise<void> {
  await terraform(["apply", "-no-color", file], { ...options, folder });
}
