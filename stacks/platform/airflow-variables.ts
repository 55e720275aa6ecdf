import type { Configuration } from "../../config/configuration";
import { REPORT_JOBS } from "../../pipelines/settings/from-outputs";
import { airflowPlaces } from "./airflow-files";

/** What the DAGs must know while they are parsed, wherever in the cloud Airflow runs. */
export const airflowVariables = ({ project, location, pipelines, postgres, spark }: Configuration): Record<string, string> => ({
  ...airflowPlaces,
  PIPELINE_TARGET: "cloud",
  PIPELINE_PROJECT: project.id,
  PIPELINE_REGION: location,
  // A container on somebody's machine is out of the cloud's reach.
  PIPELINE_POSTGRES: String(postgres.kind === "cloud_sql"),
  // A cluster is for people, who come and go with it: the DAG's report is a batch.
  PIPELINE_SPARK: String(spark.kind === "serverless" && REPORT_JOBS in spark.jobs),
  PIPELINE_RETRIES: String(pipelines.retries),
  PIPELINE_RETRY_SECONDS: String(pipelines.retrySeconds),
  PIPELINE_FRESHNESS_DAYS: String(pipelines.freshnessDays),
});
