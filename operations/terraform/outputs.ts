import type { Stack } from "./stack";
import { terraform, TerraformError, type RunOptions } from "./terraform";

/** What a deployed stack tells others, read from its state. Nothing is planned or changed. @throws TerraformError where nothing is deployed */
export async function stackOutputs({ name, folder }: Stack, options: Omit<RunOptions, "folder">): Promise<Record<string, unknown>> {
  const here = { ...options, folder };
  await terraform(["init", "-no-color"], here);
  const printed = JSON.parse(await terraform(["output", "-no-color", "-json"], here)) as Record<string, { readonly value: unknown }>;
  const outputs = Object.entries(printed).map(([output, { value }]) => [output, value] as const);
  if (outputs.length === 0) throw new TerraformError(`"${name}" isn't deployed yet: npm run deploy -- ${name}`);
  return Object.fromEntries(outputs);
}
