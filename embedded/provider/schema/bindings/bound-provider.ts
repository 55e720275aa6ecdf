import * as fs from "node:fs";
import * as path from "node:path";
import type { BoundProvider } from "../schema";

/** The provider that an npm package has the bindings of. @param bindings Folder of the package. */
export function boundProvider(bindings: string): BoundProvider {
  const file = path.join(bindings, "package.json");
  const { cdktf } = JSON.parse(fs.readFileSync(file, "utf8")) as { cdktf?: { provider?: { name: string; version: string } } };
  if (!cdktf?.provider) throw new Error(`${file} doesn't name its provider: not a package of bindings?`);
  const [, namespace = "", name = ""] = cdktf.provider.name.split("/");
  return { name, source: `${namespace}/${name}`, version: cdktf.provider.version };
}
