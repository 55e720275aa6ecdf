/** Where the embedded Airflow finds and puts things; all paths are absolute. */
export interface AirflowOptions {
  /** The project's folder. */
  readonly root: string;

  /** Folder of the embedded environment, e.g. `<root>/.embedded/dev`; `airflow/` in it becomes AIRFLOW_HOME. */
  readonly environmentDir: string;

  /** Python of the environment that holds Airflow. */
  readonly orchestrationPython: string;

  /** Python of the environment in which ingest and dbt run. */
  readonly dataPython: string;

  /** The settings that the deployment wrote; needed to run a DAG, not to prepare. */
  readonly settingsFile: string;

  /**
   * Folder that holds the DAGs.
   *
   * @default - `<root>/pipelines/dags`
   */
  readonly dagsFolder?: string;

  /**
   * Folder of the dbt project.
   *
   * @default - `<root>/pipelines/dbt`
   */
  readonly dbtProject?: string;

  /**
   * Retries of a task that failed for no fault of its input.
   *
   * @default 0
   */
  readonly retries?: number;
}
