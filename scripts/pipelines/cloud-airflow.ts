import { z } from "zod";
import type { Configuration } from "../../config/configuration";
import { loadConfigurations } from "../../config/load";
import { AirflowApi } from "../../operations/airflow/airflow-api";
import { composerLogin, machineLogin } from "../../operations/airflow/login";
import { TripsDag } from "../../operations/airflow/trips-dag";
import { defaultCredentials } from "../../operations/google/credentials";
import { GoogleApi } from "../../operations/google/google-api";
import { CommandError } from "../terminal/failure";
import { step } from "../terminal/steps";
import { cloudOutputs } from "./cloud-outputs";

/** Options of every command that starts runs in the cloud. */
export const cloudOptions = {
  cloud: { type: "boolean" },
  outputs: { type: "string" },
  "airflow-url": { type: "string" },
  unpause: { type: "boolean" },
} as const;

/** What they were given. */
export interface CloudValues {
  readonly outputs?: string;
  readonly "airflow-url"?: string;
  readonly unpause?: boolean;
}

/** An environment's Airflow, and the bucket in which its runs leave what they found. */
export interface CloudAirflow {
  readonly environment: string;
  readonly dag: TripsDag;

  /** Airflow's page. */
  readonly url: string;
  readonly bucket: string;
  readonly google: GoogleApi;

  /** Starts what waits for a paused DAG without asking. */
  readonly unpause: boolean;

  /** Reports on the marts, by table. */
  readonly dashboards: Readonly<Record<string, string>>;
}

const told = z.object({
  airflow: z.object({ url: z.string(), tunnel_command: z.string().optional(), bucket: z.string() }).nullish(),
  dashboards: z.record(z.string(), z.string()).default({}),
});

/** Finds an environment's Airflow by what the deployed stack tells. @throws CommandError where there is none */
export async function cloudAirflow(environment: string, values: CloudValues, signal: AbortSignal): Promise<CloudAirflow> {
  if (values.outputs === undefined) requireAirflow(loadConfigurations().find(({ name }) => name === environment));
  const { airflow, dashboards } = told.parse(
    await step(
      `Read what ${environment} tells`,
      () => cloudOutputs(environment, values.outputs, signal),
      () => values.outputs ?? "by the stack's state",
    ),
  );
  if (!airflow)
    throw new CommandError(
      `${environment} is deployed without an Airflow. Set orchestration.kind to vm or composer in config/${environment}.yaml, then npm run deploy -- ${environment}.`,
    );
  const url = (values["airflow-url"] ?? airflow.url).replace(/\/+$/, "");
  const credentials = await defaultCredentials();
  const login = airflow.tunnel_command === undefined ? composerLogin(credentials) : machineLogin(url, airflow.tunnel_command);
  const google = new GoogleApi({ credentials, signal, endpoint: process.env.GOOGLE_API_ENDPOINT });
  const dag = new TripsDag(new AirflowApi({ url, login, signal }));
  return { environment, dag, url, bucket: airflow.bucket, google, unpause: values.unpause ?? false, dashboards };
}

/** Before Terraform is asked, which takes a while. */
function requireAirflow(configuration: Configuration | undefined): void {
  if (configuration?.orchestration.kind !== "none") return;
  const { name } = configuration;
  throw new CommandError(
    `There is no Airflow in ${name}: orchestration.kind is none. Set it to vm (25 to 60 USD a month) or composer (292 to 526 USD) in config/${name}.yaml, then npm run deploy -- ${name}.`,
  );
}
