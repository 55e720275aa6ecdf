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

const postgres = z.strictObject({
  host: z.string(),
  port: z.number().int(),
  database: z.string(),
  user: z.string(),
  passwordFile: absolutePath.describe("File with the password."),
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
  warehouse: duckDbWarehouse,
  datasets,
  ingest: ingest.describe("When a month's delivery is refused before any store is touched."),
  pipelines: pipelines.describe("How runs deal with what goes wrong; whoever starts Airflow tells the DAG by its environment."),
  postgres: postgres.nullable().describe("null where the environment has no Postgres."),
  paths: z.strictObject({
    runs: absolutePath.describe("One folder per run, with what each step found."),
    dashboard: absolutePath.describe("The page and its data."),
    logs: absolutePath,
  }),
});

/** What a deployment tells the pipelines. */
export type Settings = z.infer<typeof settingsSchema>;

/** JSON Schema of the settings, for the Python side. */
export const settingsJsonSchema = () => ({ title: "Settings of the trips pipelines", ...z.toJSONSchema(settingsSchema) });
