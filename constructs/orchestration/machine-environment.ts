import { airflowOverrides, checkVariables } from "./airflow-settings";
import type { AirflowMachineProps } from "./airflow-machine-props";

/**
 * The environment of Airflow's processes on a machine, as lines `NAME='value'` that systemd and the shell read alike. What depends on the
 * machine's folders, its start-up script adds.
 *
 * @throws Error for a reserved variable, or a value that no such line can hold.
 */
export function machineEnvironment(props: AirflowMachineProps): string {
  const { environment, bucket, parallelism = 2, airflowConfig = {}, variables = {} } = props;
  checkVariables(variables);
  const overrides = airflowOverrides(environment, parallelism, airflowConfig);
  const all: Record<string, string> = {
    ...Object.fromEntries(Object.entries(overrides).map(([name, value]) => [variableOf(name), value])),
    // Every network interface: the tunnel's end is the machine's address, not localhost. The firewall lets in nothing else.
    AIRFLOW__API__HOST: "0.0.0.0",
    AIRFLOW__API__WORKERS: "1",
    // Identity-Aware Proxy has let in administrators only.
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: "True",
    AIRFLOW__LOGGING__REMOTE_LOGGING: "True",
    AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: `gs://${bucket.bucket.name}/logs`,
    AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID: "google_cloud_default",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: "False",
    // As the machine's own account.
    AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT: "google-cloud-platform://",
    ...variables,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name}='${quotable(name, value)}'`)
    .join("\n");
}

/** `core-parallelism` is `AIRFLOW__CORE__PARALLELISM` to a process. */
function variableOf(name: string): string {
  const [, section = "", key = ""] = /^([^-]+)-(.+)$/.exec(name) ?? [];
  return `AIRFLOW__${section}__${key}`.toUpperCase();
}

function quotable(name: string, value: string): string {
  if (/['\n]/.test(value)) throw new Error(`The value of ${name} may hold neither a single quotation mark nor a line break: ${value}`);
  return value;
}
