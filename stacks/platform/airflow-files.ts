import { readdirSync } from "node:fs";
import { join, posix, relative, resolve, sep } from "node:path";

const root = resolve(__dirname, "../..");

/** A folder of the project, and where its files go in Airflow's bucket. */
interface Source {
  readonly from: string;
  readonly to: string;
  readonly files: RegExp;
}

/** Where Airflow sees the bucket: https://cloud.google.com/composer/docs/composer-3/cloud-storage */
export const MOUNT = "/home/airflow/gcs";

/** What lies besides DAGs; Airflow doesn't look for DAGs there. */
export const PIPELINES = "data/pipelines";

/** What the deployment tells the pipelines: `stacks/platform/pipeline-settings.ts`. */
export const SETTINGS = "data/settings.json";

const sources: readonly Source[] = [
  { from: "pipelines/dags", to: "dags", files: /^(platform_tasks\/\w+|\w+)\.py$|^\.airflowignore$/ },
  { from: "pipelines/dags/plugins", to: "plugins", files: /^\w+\.py$/ },
  {
    from: "pipelines/dbt",
    to: `${PIPELINES}/dbt`,
    files: /^(macros|models|seeds|snapshots|tests)\/.*\.(sql|yml|md|csv)$|^(dbt_project|profiles)\.yml$|^in_job\.sh$/,
  },
  { from: "pipelines/ingest/src", to: `${PIPELINES}/ingest/src`, files: /^ingest\/.*\.py$/ },
  { from: "contracts/generated", to: `${PIPELINES}/contracts`, files: /^contracts\.json$/ },
  // Where dbt's project looks for what is generated for it: ../../contracts/generated.
  { from: "contracts/generated", to: "data/contracts/generated", files: /^(dbt\/\w+\.yml|dbt-macros\/\w+\.sql)$/ },
];

/** What Airflow runs, by its name in the bucket: no tests, no caches, nothing that a run leaves behind. */
export const airflowFiles = (): Record<string, string> =>
  Object.fromEntries(
    sources.flatMap(({ from, to, files }) =>
      below(join(root, from))
        .filter((file) => files.test(file))
        .map((file) => [posix.join(to, file), join(root, from, file)]),
    ),
  );

/** What Airflow's machine makes its Python environments from: Airflow, and what its tasks start. */
export const pythonLocks: Readonly<Record<string, string>> = Object.fromEntries(
  ["uv", "composer", "data"].map((name) => [`data/environments/${name}.lock`, join(root, `pipelines/environments/${name}.lock`)]),
);

/** Where the DAGs find the rest: what `pipelines/dags/platform_tasks/deployment.py` reads. */
export const airflowPlaces = {
  PIPELINE_INGEST_SOURCE: `${MOUNT}/${PIPELINES}/ingest/src`,
  PIPELINE_DBT_PROJECT: `${MOUNT}/${PIPELINES}/dbt`,
  PIPELINE_SETTINGS: `${MOUNT}/${SETTINGS}`,
} as const;

const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${sep}__pycache__`))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
