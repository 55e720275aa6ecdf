import * as fs from "node:fs";
import * as path from "node:path";
import { cliConfigurationFile } from "./cli-configuration";
import { mirrorFolder } from "./mirror";
import { quoted } from "./shell";

/** Environment variables, by name. */
export type Variables = Readonly<Record<string, string>>;

/** The file to `source` in a shell. */
export function environmentFile(embeddedFolder: string): string {
  return path.join(embeddedFolder, "environment.sh");
}

/**
 * What a process needs in its environment so that `cdktf` and `terraform` go to the embedded cloud: what `environment.sh` exports, too.
 *
 * @param embeddedFolder Absolute path of `.embedded`.
 * @param environment Whose catalogue, state and data are used. Named outright, not guessed from the stack: a provider isn't told which
 * stack it serves.
 * @param searchPath The `PATH` to go on with.
 */
export function embeddedVariables(embeddedFolder: string, environment: string, searchPath = process.env.PATH ?? ""): Variables {
  return { ...variables(embeddedFolder, environment), PATH: `${programs(embeddedFolder)}${path.delimiter}${searchPath}` };
}

/** Writes `environment.sh`. A shell may choose another environment first: `EMBEDDED_ENVIRONMENT=prod`. */
export function writeEnvironmentFile(embeddedFolder: string, environment = "dev"): void {
  const exports = Object.entries(variables(embeddedFolder, environment)).map(([name, value]) =>
    name === "EMBEDDED_ENVIRONMENT" ? `export ${name}="\${${name}:-${value}}"` : `export ${name}=${quoted(value)}`,
  );
  const bin = programs(embeddedFolder);
  const text = `# Source this file: plain cdktf and terraform then go to the embedded cloud on this machine. Written by set-up.
${exports.join("\n")}
case ":$PATH:" in
  *:${quoted(bin)}:*) ;;
  *) export PATH=${quoted(bin)}:"$PATH" ;;
esac
`;
  fs.writeFileSync(environmentFile(embeddedFolder), text);
}

function programs(embeddedFolder: string): string {
  return path.join(embeddedFolder, "bin");
}

function variables(embeddedFolder: string, environment: string): Variables {
  return {
    PLATFORM_TARGET: "embedded",
    EMBEDDED_ROOT: embeddedFolder,
    EMBEDDED_ENVIRONMENT: environment,
    // Synthesised code, lock file and .terraform lie beside the embedded state, never where those of a real deployment lie.
    CDKTF_OUTPUT: path.join(embeddedFolder, "cdktf.out"),
    TF_CLI_CONFIG_FILE: cliConfigurationFile(embeddedFolder),
    // `cdktf deploy` runs `terraform providers lock`, which doesn't look at the mirror of the configuration file.
    TF_CLI_ARGS_providers_lock: `-fs-mirror=${quoted(mirrorFolder(embeddedFolder))}`,
    // A plugin cache would keep the stand-ins, and give them to a real deployment later; cdktf sets one unless told otherwise.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
    TF_PLUGIN_CACHE_DIR: "",
    TF_DISABLE_PLUGIN_TLS: "1",
    // No project is reached, so none need be set; and what was enabled answers at once.
    TF_VAR_accepts_placeholder_project: "true",
    PROPAGATION_SECONDS: "0",
    // Terraform and cdktf ask their makers for newer versions.
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    // npx asks its registry for a newer npm.
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
  };
}
