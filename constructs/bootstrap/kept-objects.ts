/**
 * Expression that picks, of all objects of the project, those that Terraform keeps, which a plan must therefore read: empty ones, and code that
 * lies in the repository, too, and what the pipelines are told of the deployment. Not beside them: event logs, Airflow's logs and data, the lake.
 *
 * @see https://cloud.google.com/iam/docs/conditions-attribute-reference#resource-name
 */
export function keptObjects(projectId: string): string {
  const within = (bucket: string, folder: string) =>
    `resource.name.startsWith("projects/_/buckets/${projectId}-${bucket}/objects/${folder}/")`;
  return [
    'resource.name.endsWith("/empty.parquet")',
    'resource.name.endsWith("/spark-job-history/")',
    within("spark", "jobs"),
    within("airflow", "dags"),
    within("airflow", "data/pipelines"),
    within("airflow", "data/contracts"),
    within("airflow", "data/environments"),
    within("airflow", "plugins"),
    `resource.name == "projects/_/buckets/${projectId}-airflow/objects/data/settings.json"`,
  ].join(" || ");
}
