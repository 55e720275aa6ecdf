import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import type { Configuration } from "../../config/configuration";
import { loadConfigurations } from "../../config/load";
import { AirflowApi } from "../../operations/airflow/airflow-api";
import { composerLogin, machineLogin } from "../../operations/airflow/login";
import { TripsDag } from "../../operations/airflow/trips-dag";
import { defaultCredentials } from "../../operations/google/credentials";
import { GoogleApi } from "../../operations/google/google-api";
import { stackOutputs } from "../../operations/terraform/outputs";
import { synthesise } from "../../operations/terraform/stack";
import { project } from "../operations/project";
import { CommandError } from "../terminal/failure";
import { step } from "../terminal/steps";

/** Options of every command that works in the cloud. */
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
  const { airflow, dashboards } = told.parse(await outputsOf(environment, values.outputs, signal));
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

/** The stack's outputs: from a file that `terraform output -json` wrote, or from its state. */
async function outputsOf(environment: string, file: string | undefined, signal: AbortSignal): Promise<Record<string, unknown>> {
  if (file !== undefined) return outputsIn(file);
  requireAirflow(loadConfigurations().find(({ name }) => name === environment));
  const here = project(signal);
  return step(
    `Read what ${environment} tells`,
    async () => stackOutputs(await synthesise(here, environment), here),
    () => "found",
  );
}

/** Before Terraform is asked, which takes a while. */
function requireAirflow(configuration: Configuration | undefined): void {
  if (configuration?.orchestration.kind !== "none") return;
  const { name } = configuration;
  throw new CommandError(
    `There is no Airflow in ${name}: orchestration.kind is none. Set it to vm (25 to 60 USD a month) or composer (292 to 526 USD) in config/${name}.yaml, then npm run deploy -- ${name}.`,
  );
}

function outputsIn(file: string): Record<string, unknown> {
  // npm changes to the project's folder; the person stands elsewhere.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  try {
    const printed = z.record(z.string(), z.object({ value: z.unknown() })).parse(JSON.parse(readFileSync(path, "utf8")));
    return Object.fromEntries(Object.entries(printed).map(([name, { value }]) => [name, value]));
  } catch (error) {
    const why = error instanceof z.ZodError ? "it isn't what `terraform output -json` prints" : (error as Error).message;
    throw new CommandError(`--outputs: ${path} can't be read: ${why}.`);
  }
}
