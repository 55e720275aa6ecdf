import { z } from "zod";

const folderUrl = z.string().regex(/^(file:\/\/\/|gs:\/\/)\S*[^/]$/, "a file:/// or gs:// address without a slash at the end");
const absolutePath = z.string().regex(/^\//, "an absolute path");

const datasets = z.strictObject({
  landed: z.string().describe("Tables that ingest fills."),
  lake: z.string().describe("External tables over the lake."),
  staging: z.string().describe("dbt's views."),
  marts: z.string().describe("dbt's facts and dimensions."),
});

const duckDbWarehouse = z.strictObject({
  kind: z.literal("duckdb"),
  file: absolutePath.describe("DuckDB file; open it for writing only while holding lockFile."),
  lockFile: absolutePath.describe('Made by the one who writes: {"pid", "command", "since"}.'),
  readCopy: absolutePath.describe("Copy for people and dashboards, swapped in by rename."),
});

const bigQueryWarehouse = z.strictObject({
  kind: z.literal("bigquery"),
  maximumBytesBilled: z
    .number()
    .int()
    .min(10_485_760)
    .describe("Bytes that one query may be billed for; one that would read more is refused."),
});

const reached = { host: z.string(), port: z.number().int(), database: z.string(), user: z.string() };

const postgres = z.discriminatedUnion("login", [
  z.strictObject({ ...reached, login: z.literal("password"), passwordFile: absolutePath.describe("File with the password.") }),
  z.strictObject({
    ...reached,
    login: z.literal("identity").describe("With a token of the Google identity that the workload has, in place of a password."),
  }),
]);

const batch = z.strictObject({
  mainUri: z
    .string()
    .regex(/^gs:\/\/\S+\.py$/, "a gs:// address of a .py file")
    .describe("What is submitted."),
  packageUris: z.array(z.string().regex(/^gs:\/\/\S+$/, "a gs:// address")).describe("Wheels that the jobs import."),
  runtime: z.record(z.string(), z.unknown()).describe("RuntimeConfig of Dataproc's API."),
  execution: z.record(z.string(), z.unknown()).describe("ExecutionConfig of Dataproc's API."),
  historyServer: z.string().nullable().describe("Resource name of the cluster that shows what applications did; null where none does."),
});

const spark = z.strictObject({
  reports: folderUrl.describe("Where jobs publish; of the clean zone, Spark may write there alone."),
  memory: z
    .string()
    .regex(/^\d+[mg]$/, "an amount of memory such as 1g or 1536m")
    .describe("Of a session beside Airflow, where there are no batches."),
  batch: batch.nullable().describe("A serverless batch of Dataproc; null where jobs run beside Airflow."),
});

const account = z.string().regex(/^\S+$/, "the address of a service account");

const identities = z.strictObject({
  ingest: account.describe("Whom ingest acts as."),
  transform: account.describe("Whom dbt acts as."),
});

const share = z.number().min(0).max(1);

const ingest = z.strictObject({
  maxRejectedShare: share.describe("Largest share of a delivery's rows that may be rejected."),
  minShareOfLastDelivery: share.describe("Smallest share of the last delivery's rows that the next one of the month must bring."),
});

const pipelines = z.strictObject({
  retries: z.number().int().min(0).describe("Retries of a task that failed for no fault of its input."),
  retrySeconds: z.number().int().min(0).describe("Seconds before the first retry; each further one waits twice as long."),
  freshnessDays: z
    .number()
    .int()
    .min(0)
    .describe("Days since the end of the newest landed month from which on scheduled runs fail; 0: never."),
});

/** What a deployment tells the pipelines: the only thing that they know of it. */
export const settingsSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string().describe("dev, prod, …"),
  target: z.enum(["embedded", "cloud"]).describe("Where the platform was deployed."),
  projectId: z.string(),
  location: z.string(),
  contracts: absolutePath.describe("contracts/generated/contracts.json"),
  lake: z.strictObject({ raw: folderUrl, clean: folderUrl, quarantine: folderUrl }),
  warehouse: z.discriminatedUnion("kind", [duckDbWarehouse, bigQueryWarehouse]),
  datasets,
  ingest: ingest.describe("When a month's delivery is refused before any store is touched."),
  pipelines: pipelines.describe("How runs deal with what goes wrong; whoever starts Airflow tells the DAG by its environment."),
  postgres: postgres.nullable().describe("null where the environment has no Postgres."),
  spark: spark.nullable().describe("null where Spark is switched off."),
  identities: identities.nullable().describe("Accounts to impersonate; null where a workload acts as whoever it runs as."),
  paths: z.strictObject({
    runs: absolutePath.describe("One folder per run, with what each step found and hands to the next."),
    dashboard: absolutePath.describe("The page and its data."),
    logs: absolutePath,
  }),
});

/** What a deployment tells the pipelines. */
export type Settings = z.infer<typeof settingsSchema>;

/** The warehouse on this machine. */
export type DuckDbWarehouse = z.infer<typeof duckDbWarehouse>;

/** JSON Schema of the settings, for the Python side. */
export const settingsJsonSchema = () => ({ title: "Settings of the trips pipelines", ...z.toJSONSchema(settingsSchema) });
