import { renameSync, writeFileSync } from "node:fs";
import { ConfigurationError } from "../../config/configuration-error";
import { loadConfigurations } from "../../config/load";
import { ensurePasswordFile } from "../../config/password-file";

/**
 * Makes the password files that the configuration names and that aren't there yet, then writes the stamp (arguments: its file, and the
 * inputs' fingerprint). A wrong configuration isn't set-up's to report: the command that needs it does; the step stays unfinished.
 */
function makeSecrets(stamp: string, print: string): void {
  let files: string[];
  try {
    files = loadConfigurations().flatMap(({ postgres }) => (postgres.kind === "docker" ? [postgres.passwordFile] : []));
  } catch (error) {
    if (error instanceof ConfigurationError) return;
    throw error;
  }
  for (const file of files) ensurePasswordFile(file);
  writeFileSync(`${stamp}.unfinished`, JSON.stringify({ print, files }));
  renameSync(`${stamp}.unfinished`, stamp);
}

const [, , stamp = "", print = ""] = process.argv;
makeSecrets(stamp, print);
