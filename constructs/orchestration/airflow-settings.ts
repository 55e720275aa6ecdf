import type { Environment } from "../environment/environment";

/** Begins the names of secrets that are Airflow's connections: the connection `postgres` is the secret `trips-airflow-connections-postgres`. */
export const CONNECTIONS_PREFIX = "trips-airflow-connections";

/** Begins the names of secrets that are Airflow's variables. */
export const VARIABLES_PREFIX = "trips-airflow-variables";

/** What this construct sets of Airflow's configuration, which `airflowConfig` must leave alone. */
const OURS = ["core-parallelism", "core-dags_are_paused_at_creation", "secrets-backend", "secrets-backend_kwargs"];

/** Names that Composer or Airflow give to variables of their own; the provider refuses them too, but only once it plans. */
const RESERVED =
  /^(AIRFLOW__[A-Z0-9_]+__[A-Z0-9_]+|AIRFLOW_HOME|C_FORCE_ROOT|CONTAINER_NAME|DAGS_FOLDER|GCP_PROJECT|GCS_BUCKET|GKE_CLUSTER_NAME|PROJECT_ID|SQL_(DATABASE|INSTANCE|PASSWORD|PROJECT|REGION|USER))$/;

/** What an environment overrides of Airflow's configuration, as Composer wants it: `section-key`. */
export function airflowOverrides(
  { projectId }: Environment,
  parallelism: number,
  further: Readonly<Record<string, string>>,
): Record<string, string> {
  if (!Number.isInteger(parallelism) || parallelism < 1) {
    throw new Error(`parallelism must be a whole number of tasks from 1 up, not ${String(parallelism)}.`);
  }
  for (const name of Object.keys(further)) {
    if (OURS.includes(name)) throw new Error(`airflowConfig must leave out "${name}", which Composer's environment sets by itself.`);
    if (!/^[a-z_]+-[a-z0-9_]+$/.test(name)) {
      throw new Error(`"${name}" of airflowConfig must be a section and a key with a dash between them, e.g. "api-instance_name".`);
    }
  }
  return {
    ...further,
    "core-parallelism": String(parallelism),
    // What was just uploaded runs when somebody has looked at it.
    "core-dags_are_paused_at_creation": "True",
    "secrets-backend": "airflow.providers.google.cloud.secrets.secret_manager.CloudSecretManagerBackend",
    "secrets-backend_kwargs": JSON.stringify({
      project_id: projectId,
      connections_prefix: CONNECTIONS_PREFIX,
      variables_prefix: VARIABLES_PREFIX,
      sep: "-",
    }),
  };
}

/** @throws Error when a variable's name is reserved, or shorter than the two characters that the provider asks for. */
export function checkVariables(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(variables)) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]+$/.test(name)) {
      throw new Error(
        `The environment variable "${name}" must be two or more letters, digits and underscores, and not begin with a digit.`,
      );
    }
    if (RESERVED.test(name)) throw new Error(`The environment variable "${name}" is Composer's own: choose another name.`);
  }
}
