import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";
import { bindingsFolder } from "./bindings-folder";
import { inputsHash } from "./inputs-hash";
import { ruleBook, type ProviderName } from "./resources/rule-book";
import { extractSchema } from "./schema/bindings/extract-schema";
import { schemaFile } from "./schema/schema-file";

/** A built stand-in provider. */
export interface BuiltProvider {
  /** The bundle, started as `node provider.cjs <name>`. */
  readonly bundle: string;
  /** False when an earlier build still fits its sources. */
  readonly rebuilt: boolean;
}

/**
 * Bundles the stand-in provider to `provider/provider.cjs` and writes the schemas of the types that have rules beside it. Takes about a
 * second; nothing when neither the sources nor the npm bindings have changed since.
 *
 * @param root Absolute path of the project.
 * @param embeddedFolder Absolute path of `.embedded`.
 * @throws Error when a rule names what the bindings don't have.
 */
export async function buildProvider(root: string, embeddedFolder: string): Promise<BuiltProvider> {
  const folder = path.join(embeddedFolder, "provider");
  const bundle = path.join(folder, "provider.cjs");
  const stamp = path.join(folder, "inputs.sha256");
  const inputs = inputsHash(root);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === inputs && fs.existsSync(bundle)) return { bundle, rebuilt: false };

  fs.rmSync(stamp, { force: true });
  fs.mkdirSync(path.join(folder, "schemas"), { recursive: true });
  for (const name of Object.keys(ruleBook) as ProviderName[]) {
    const types = ruleBook[name].map(({ type }) => type);
    replaceFile(schemaFile(folder, name), JSON.stringify(extractSchema(bindingsFolder(root, name), types)));
  }
  await build({
    entryPoints: [path.join(root, "embedded", "provider", "main.ts")],
    outfile: `${bundle}.new`,
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  fs.renameSync(`${bundle}.new`, bundle);
  // Last: a build that was cut short has no stamp and is done again.
  replaceFile(stamp, inputs);
  return { bundle, rebuilt: true };
}

function replaceFile(file: string, content: string): void {
  fs.writeFileSync(`${file}.new`, content);
  fs.renameSync(`${file}.new`, file);
}
