import { pipelineEnvironment } from "../../../../embedded/engines/airflow/airflow-environment";
import type { AirflowOptions } from "../../../../embedded/engines/airflow/airflow-options";

const options: AirflowOptions = {
  environmentDir: "/embedded/dev",
  orchestrationPython: "/python/orchestration",
  dataPython: "/python/data",
  settingsFile: "/embedded/dev/settings.json",
  dagsFolder: "/project/dags",
  ingestSource: "/project/ingest",
  dbtProject: "/project/dbt",
  sparkPython: "/python/spark",
  sparkSource: "/project/spark",
};
const paths = { runs: "/runs", logs: "/logs" };

test("the DAG is told what the deployment's settings say, and where its programs lie", () => {
  const settings = { postgres: null, spark: { memory: "1g" }, pipelines: { retries: 3, retrySeconds: 90, freshnessDays: 100 }, paths };

  expect(pipelineEnvironment(options, settings)).toEqual({
    PIPELINE_TARGET: "embedded",
    PIPELINE_SETTINGS: "/embedded/dev/settings.json",
    PIPELINE_DATA_PYTHON: "/python/data",
    PIPELINE_DBT_PROJECT: "/project/dbt",
    PIPELINE_INGEST_SOURCE: "/project/ingest",
    PIPELINE_SPARK_PYTHON: "/python/spark",
    PIPELINE_SPARK_SOURCE: "/project/spark",
    PIPELINE_POSTGRES: "false",
    PIPELINE_SPARK: "true",
    PIPELINE_RETRIES: "3",
    PIPELINE_RETRY_SECONDS: "90",
    PIPELINE_FRESHNESS_DAYS: "100",
  });
});
