import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { stackOutputs } from "../../operations/terraform/outputs";
import { synthesise } from "../../operations/terraform/stack";
import { project } from "../operations/project";
import { CommandError } from "../terminal/failure";

/** What a deployed stack tells: by a file that `terraform output -json` wrote, or by its state. @throws CommandError, TerraformError */
export async function cloudOutputs(environment: string, file: string | undefined, signal: AbortSignal): Promise<Record<string, unknown>> {
  if (file !== undefined) return outputsIn(file);
  const here = project(signal);
  return stackOutputs(await synthesise(here, environment), here);
}

function outputsIn(file: string): Record<string, unknown> {
  // npm changes to the project's folder; the person stands elsewhere.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  try {
    const printed = z.record(z.string(), z.object({ value: z.unknown() })).parse(JSON.parse(readFileSync(path, "utf8")));
    return Object.fromEntries(Object.entries(printed).map(([name, { value }]) => [name, value]));
  } catch (error) {
    const why = error instanceof z.ZodError ? "it isn't what `terraform output -json` prints" : (error as Error).message;
    throw new CommandError(`--outputs: ${path} can't be read: ${why}.`);
  }
}
