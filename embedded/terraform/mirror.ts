import * as path from "node:path";
import { bindingsFolder } from "../provider/bindings-folder";
import { ruleBook } from "../provider/resources/rule-book";
import { boundProvider } from "../provider/schema/bindings/bound-provider";
import type { BoundProvider } from "../provider/schema/schema";
import { executable, quoted } from "./shell";

// OpenTofu looks for `hashicorp/google` at its own registry.
const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"];
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Folder of the filesystem mirror. */
export function mirrorFolder(embeddedFolder: string): string {
  return path.join(embeddedFolder, "mirror");
}

/**
 * Writes a filesystem mirror in which the stand-in poses as every provider that has rules, for this machine's system, and the script
 * that starts it.
 *
 * The posing executables never change, wherever the project lies and whichever Node runs it: Terraform's lock files hold their hashes.
 *
 * @param root Absolute path of the project.
 * @param embeddedFolder Absolute path of `.embedded`.
 */
export function writeMirror(root: string, embeddedFolder: string): void {
  const start = path.join(embeddedFolder, "provider", "start");
  const bundle = path.join(embeddedFolder, "provider", "provider.cjs");
  executable(start, [`exec ${quoted(process.execPath)} ${quoted(bundle)} "$1"`]);

  for (const name of Object.keys(ruleBook)) {
    const provider = boundProvider(bindingsFolder(root, name));
    for (const registry of REGISTRIES) executable(posingExecutable(embeddedFolder, registry, provider), launcher(provider.name));
  }
}

/** https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror, the unpacked layout. */
function posingExecutable(embeddedFolder: string, registry: string, { name, source, version }: BoundProvider): string {
  const platform = `${process.platform}_${ARCHITECTURES[process.arch] ?? process.arch}`;
  return path.join(mirrorFolder(embeddedFolder), registry, source, version, platform, `terraform-provider-${name}_v${version}`);
}

function launcher(name: string): string[] {
  return [
    `if [ -z "$EMBEDDED_ROOT" ]; then`,
    `  echo "EMBEDDED_ROOT isn't set: run 'source .embedded/environment.sh' first."`,
    `  exit 1`,
    `fi`,
    `exec "$EMBEDDED_ROOT/provider/start" ${name}`,
  ];
}
