import * as fs from "node:fs";
import * as path from "node:path";
import type { Block, ProviderSchema } from "../schema";
import { BindingSource } from "./binding-source";
import { boundProvider } from "./bound-provider";
import { membersOf } from "./members";
import { withNesting } from "./nesting";
import { providerConfiguration } from "./provider-configuration";

/**
 * The schema of a provider, read from the npm bindings that the stacks compile against.
 *
 * Names, types, nesting and the numbers of blocks are the provider's own. What the bindings don't say (defaults, what the cloud fills
 * in, what forces a replacement) is added by the rules.
 *
 * @param bindings Folder of the npm package, e.g. `node_modules/@cdktf/provider-google`.
 * @param types Terraform types to read, e.g. `google_storage_bucket`.
 * @throws Error when the bindings don't have a type.
 */
export function extractSchema(bindings: string, types: readonly string[]): ProviderSchema {
  return {
    ...boundProvider(bindings),
    configuration: providerConfiguration(BindingSource.read(path.join(bindings, "lib", "provider", "index.js"))),
    resources: Object.fromEntries(types.map((type) => [type, resource(bindings, type)])),
  };
}

function resource(bindings: string, type: string): Block {
  const folder = type.replace(/^[a-z0-9]+_/, "").replaceAll("_", "-");
  const file = path.join(bindings, "lib", folder, "index.js");
  if (!fs.existsSync(file)) throw new Error(`The npm bindings have no ${type} (looked for ${file}): mend the type's name in its rules.`);
  const source = BindingSource.read(file);
  const main = source.main();
  return withNesting(source, membersOf(source, main), main.name, "synthesizeHclAttributes");
}
