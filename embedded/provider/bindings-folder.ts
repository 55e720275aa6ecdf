import * as path from "node:path";

/** The npm package that a provider's schema is read from. */
export function bindingsFolder(root: string, provider: string): string {
  return path.join(root, "node_modules", "@cdktf", `provider-${provider}`);
}
