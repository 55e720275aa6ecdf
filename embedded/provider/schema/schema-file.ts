import * as path from "node:path";

/** Where a provider's extracted schema lies, beside the bundle. */
export function schemaFile(folder: string, provider: string): string {
  return path.join(folder, "schemas", `${provider}.json`);
}
