import { join } from "node:path";
import type { AirflowOptions } from "./airflow-options";

/** AIRFLOW_HOME of an embedded environment. */
export function airflowHome({ environmentDir }: AirflowOptions): string {
  return join(environmentDir, "airflow");
}

/**
 * Variables of every Airflow process: the caller's own without what would configure another Airflow or Python, then ours.
 *
 * PYTHONDONTWRITEBYTECODE goes too: without cached bytecode each start of Airflow takes three seconds more.
 */
export function airflowEnvironment(options: AirflowOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(_*AIRFLOW_|PYTHON|PIPELINE_|VIRTUAL_ENV$)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    AIRFLOW_HOME: airflowHome(options),
    AIRFLOW__CORE__DAGS_FOLDER: options.dagsFolder,
    AIRFLOW__CORE__LOAD_EXAMPLES: "False",
    // 30 seconds by default: a run soon after one whose graph was another would not find its own tasks.
    AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL: "0",
    // 32 by default, each a process of 140 MB.
    AIRFLOW__CORE__PARALLELISM: "2",
    AIRFLOW__LOGGING__COLORED_CONSOLE_LOG: "False",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: "False",
    PYTHONPATH: join(__dirname, "python"),
    PYTHONUNBUFFERED: "1",
    PYTHONWARNINGS: "ignore",
  };
}

/** What of the deployment's settings shapes a run before any of its tasks begins. */
export interface RunSettings {
  /** null where there is no Postgres. */
  readonly postgres: unknown;
  /** null where Spark is switched off. */
  readonly spark: unknown;
  readonly pipelines: { readonly retries: number; readonly retrySeconds: number; readonly freshnessDays: number };
  readonly paths: { readonly runs: string; readonly logs: string };
}

/** What the DAGs read when they are parsed; see `pipelines/dags/platform_tasks/deployment.py`. */
export function pipelineEnvironment(options: AirflowOptions, { postgres, spark, pipelines }: RunSettings): NodeJS.ProcessEnv {
  return {
    PIPELINE_TARGET: "embedded",
    PIPELINE_SETTINGS: options.settingsFile,
    PIPELINE_DATA_PYTHON: options.dataPython,
    PIPELINE_DBT_PROJECT: options.dbtProject,
    PIPELINE_INGEST_SOURCE: options.ingestSource,
    PIPELINE_SPARK_PYTHON: options.sparkPython,
    PIPELINE_SPARK_SOURCE: options.sparkSource,
    PIPELINE_POSTGRES: String(postgres !== null),
    PIPELINE_SPARK: String(spark !== null),
    PIPELINE_RETRIES: String(pipelines.retries),
    PIPELINE_RETRY_SECONDS: String(pipelines.retrySeconds),
    PIPELINE_FRESHNESS_DAYS: String(pipelines.freshnessDays),
  };
}
