/** Where the embedded Airflow finds and puts things; all paths are absolute. */
export interface AirflowOptions {
  /** Folder of the embedded environment, e.g. `<root>/.embedded/dev`; `airflow/` in it becomes AIRFLOW_HOME. */
  readonly environmentDir: string;

  /** Python of the environment that holds Airflow. */
  readonly orchestrationPython: string;

  /** Python of the environment in which ingest and dbt run. */
  readonly dataPython: string;

  /** The settings that the deployment wrote; needed to run a DAG, not to prepare. */
  readonly settingsFile: string;

  /** Folder that holds the DAGs. */
  readonly dagsFolder: string;

  /** Folder that holds the Python package `ingest`. */
  readonly ingestSource: string;

  /** Folder of the dbt project. */
  readonly dbtProject: string;

  /** Python of the environment that holds Spark. */
  readonly sparkPython: string;

  /** Folder that holds the Python package `trips_spark`. */
  readonly sparkSource: string;
}
