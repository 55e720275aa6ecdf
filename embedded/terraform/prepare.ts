import * as fs from "node:fs";
import { buildProvider } from "../provider/build";
import { writeCliConfiguration } from "./cli-configuration";
import { writeEnvironmentFile } from "./environment";
import { writeMirror } from "./mirror";

/**
 * Makes everything under `.embedded` that Terraform needs to deploy to this machine. Quick when nothing has changed; may be repeated.
 *
 * @param root Absolute path of the project.
 * @param embeddedFolder Absolute path of `.embedded`.
 */
export async function prepareTerraform(root: string, embeddedFolder: string): Promise<void> {
  fs.mkdirSync(embeddedFolder, { recursive: true });
  await buildProvider(root, embeddedFolder);
  writeMirror(root, embeddedFolder);
  writeCliConfiguration(embeddedFolder);
  writeEnvironmentFile(embeddedFolder);
}
