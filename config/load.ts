import { join, resolve } from "node:path";
import type { Configuration } from "./configuration";
import { ConfigurationError } from "./configuration-error";
import { readEnvironmentFile } from "./read-environment-file";
import type { EnvironmentFile } from "./schema";
import { statesOf } from "./states";

/** Environments of the platform, in the order in which a change travels. */
export const environmentNames = ["dev", "prod"] as const;

/** One of the platform's environments. */
export type EnvironmentName = (typeof environmentNames)[number];

/** Where to look; by default this project and this process's environment variables. */
export interface LoadOptions {
  /** Folder of the YAML files. @default <root>/config */
  readonly folder?: string;

  /** Folder to which paths in the files are relative. @default the project's */
  readonly root?: string;

  /** Environment variables. @default process.env */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

const PLACEHOLDER_NUMBER = "000000000000";

/**
 * Reads the configuration of all environments.
 *
 * Variables: `GCP_PROJECT_<ENVIRONMENT>` and `GCP_PROJECT_NUMBER_<ENVIRONMENT>` go before a file's project id and number; `PLATFORM_TARGET` is `cloud` (default) or `embedded`;
 * for the latter `EMBEDDED_ROOT` is the folder of its state.
 *
 * @throws ConfigurationError naming everything that is wrong in all files at once.
 */
export function loadConfigurations({
  root = resolve(__dirname, ".."),
  folder = join(root, "config"),
  variables = process.env,
}: LoadOptions = {}): Configuration[] {
  const problems: string[] = [];
  const configurations = environmentNames.flatMap((name) => {
    try {
      return [configurationOf(name, readEnvironmentFile(join(folder, `${name}.yaml`)), root, variables)];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  problems.push(...sharedProjects(configurations));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configurations;
}

function configurationOf(
  name: EnvironmentName,
  file: EnvironmentFile,
  root: string,
  variables: Readonly<Record<string, string | undefined>>,
): Configuration {
  const { $schema: _, state, ...rest } = file;
  const variable = `GCP_PROJECT_${name.toUpperCase()}`;
  const set = variables[variable] ?? file.project.id;
  if (set !== undefined && !/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(set)) {
    throw new ConfigurationError([
      `${variable}: expected a Google project id (6 to 30 of a-z, 0-9 and dashes, a letter first; the id, not the project's name), but there stands ${JSON.stringify(set)}`,
    ]);
  }
  const id = set ?? `your-project-${name}`;
  const numberVariable = `GCP_PROJECT_NUMBER_${name.toUpperCase()}`;
  const number = variables[numberVariable] ?? file.project.number;
  if (number !== undefined && !/^[0-9]{6,20}$/.test(number)) {
    throw new ConfigurationError([
      `${numberVariable}: expected a Google project number, digits only, but there stands ${JSON.stringify(number)}`,
    ]);
  }
  const missing = [
    ...(set === undefined ? [{ setting: "project.id", variable }] : []),
    ...(number === undefined ? [{ setting: "project.number", variable: numberVariable }] : []),
  ];
  return {
    ...rest,
    name,
    labels: { environment: name, ...file.labels },
    project: { id, number: number ?? PLACEHOLDER_NUMBER, missing },
    postgres: { ...file.postgres, passwordFile: resolve(root, file.postgres.passwordFile) },
    ...statesOf(name, id, state, root, variables),
  };
}

function sharedProjects(configurations: readonly Configuration[]): string[] {
  return configurations.flatMap((one, index) =>
    configurations
      .slice(index + 1)
      .filter((other) => other.project.id === one.project.id)
      .map(
        (other) =>
          `config/${one.name}.yaml and config/${other.name}.yaml: project.id is "${one.project.id}" in both; each environment needs a Google project of its own.`,
      ),
  );
}
