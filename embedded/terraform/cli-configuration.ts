import * as fs from "node:fs";
import * as path from "node:path";
import { mirrorFolder } from "./mirror";

/** Terraform's configuration file for the embedded cloud. */
export function cliConfigurationFile(embeddedFolder: string): string {
  return path.join(embeddedFolder, "terraform.rc");
}

/** Writes it: providers come from the mirror and from nowhere else. */
export function writeCliConfiguration(embeddedFolder: string): void {
  const text = `# Providers of the embedded cloud: stand-ins, and nothing from a registry.
provider_installation {
  filesystem_mirror {
    path = ${JSON.stringify(mirrorFolder(embeddedFolder))}
  }
}
`;
  fs.writeFileSync(cliConfigurationFile(embeddedFolder), text);
}
