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
    AIRFLOW__CORE__DAGS_FOLDER: options.dagsFolder ?? join(options.root, "pipelines", "dags"),
    AIRFLOW__CORE__LOAD_EXAMPLES: "False",
    // 32 by default, each a process of 140 MB.
    AIRFLOW__CORE__PARALLELISM: "2",
    AIRFLOW__LOGGING__COLORED_CONSOLE_LOG: "False",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: "False",
    PYTHONPATH: join(options.root, "embedded", "engines", "airflow", "python"),
    PYTHONUNBUFFERED: "1",
    PYTHONWARNINGS: "ignore",
  };
}

/** What the DAGs read when they are parsed; see `pipelines/dags/platform_tasks/deployment.py`. */
export function pipelineEnvironment(options: AirflowOptions, hasPostgres: boolean): NodeJS.ProcessEnv {
  return {
    PIPELINE_TARGET: "embedded",
    PIPELINE_SETTINGS: options.settingsFile,
    PIPELINE_DATA_PYTHON: options.dataPython,
    PIPELINE_DBT_PROJECT: options.dbtProject ?? join(options.root, "pipelines", "dbt"),
    PIPELINE_INGEST_SOURCE: join(options.root, "pipelines", "ingest", "src"),
    PIPELINE_POSTGRES: String(hasPostgres),
    PIPELINE_RETRIES: String(options.retries ?? 0),
  };
}
