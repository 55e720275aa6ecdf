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
const MOUNT = "/home/airflow/gcs";

/** What lies besides DAGs; Airflow doesn't look for DAGs there. */
const PIPELINES = "data/pipelines";

const sources: readonly Source[] = [
  { from: "pipelines/dags", to: "dags", files: /^(platform_tasks\/\w+|\w+)\.py$|^\.airflowignore$/ },
  {
    from: "pipelines/dbt",
    to: `${PIPELINES}/dbt`,
    files: /^(macros|models|seeds|snapshots|tests)\/.*\.(sql|yml|md|csv)$|^(dbt_project|profiles)\.yml$/,
  },
  { from: "pipelines/ingest/src", to: `${PIPELINES}/ingest/src`, files: /^ingest\/.*\.py$/ },
  { from: "contracts/generated", to: `${PIPELINES}/contracts`, files: /^contracts\.json$/ },
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

/** Where the DAGs find the rest: what `pipelines/dags/platform_tasks/deployment.py` reads. */
export const airflowPlaces = {
  PIPELINE_INGEST_SOURCE: `${MOUNT}/${PIPELINES}/ingest/src`,
  PIPELINE_DBT_PROJECT: `${MOUNT}/${PIPELINES}/dbt`,
} as const;

const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${sep}__pycache__`))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
