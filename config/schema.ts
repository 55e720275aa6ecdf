import { z } from "zod";

const projectId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    "a Google project id: 6 to 30 of a-z, 0-9 and dashes, a letter first, no dash at the end (the id, not the project's name)",
  );

const label = z.string().regex(/^[a-z0-9_-]{0,63}$/, "a label of at most 63 of a-z, 0-9, dash and underscore");

const port = z.number().int().min(1024, "a port from 1024 to 65535").max(65535, "a port from 1024 to 65535");

const days = z.number().int().min(1);

const member = z.string().regex(/^(user|group|serviceAccount|domain):\S+$/, "an IAM member: user:…, group:…, serviceAccount:… or domain:…");

const project = z.strictObject({
  id: projectId
    .optional()
    .describe(
      "Google project id of this environment; the variable GCP_PROJECT_<ENVIRONMENT> goes before it. Needed only to deploy to the cloud.",
    ),
  number: z
    .string()
    .regex(/^[0-9]{6,20}$/, "a Google project number in quotes, digits only")
    .optional()
    .describe("Number of the project, as text; addresses of Google's service agents are formed from it."),
});

const lake = z.strictObject({
  rawColdAfterDays: days.default(30).describe("Days after which raw and quarantined files move to Nearline."),
  softDeleteDays: z.number().int().min(7).max(90).default(7).describe("Days for which a deleted object can be restored."),
});

const warehouse = z.strictObject({
  timeTravelHours: z
    .number()
    .int()
    .multipleOf(24, "a multiple of 24")
    .min(48)
    .max(168)
    .default(168)
    .describe("Hours for which a table's past can be read: 48 to 168."),
  readers: z.array(member).default([]).describe("Who may read the marts, e.g. group:analysts@example.com."),
});

const pgAdmin = z.strictObject({
  enabled: z.boolean().default(true).describe("Whether pgAdmin runs beside Postgres."),
  port: port.default(8085).describe("Port of pgAdmin on 127.0.0.1."),
  email: z.email("an e-mail address").default("admin@example.com").describe("User of pgAdmin."),
  image: z.string().default("dpage/pgadmin4:9.18").describe("Image of pgAdmin."),
});

const postgres = z.strictObject({
  kind: z.enum(["docker", "none"]).default("none").describe("Where Postgres runs: in Docker on the machine that deploys, or nowhere."),
  port: port.default(5433).describe("Port of Postgres on 127.0.0.1; not 5432, where another Postgres often listens."),
  database: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, "a lower-case SQL name")
    .default("trips")
    .describe("Name of the database."),
  user: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, "a lower-case SQL name")
    .default("trips")
    .describe("Name of the database's owner."),
  passwordFile: z
    .string()
    .default(".secrets/postgres-password")
    .describe("File that holds the password, relative to the project's folder; set-up makes it, readable by its owner alone."),
  image: z.string().default("postgres:17.10").describe("Image of Postgres."),
  pgAdmin: pgAdmin.prefault({}).describe("A web page to look into Postgres."),
});

const share = z.number().min(0, "a share from 0 to 1").max(1, "a share from 0 to 1");

const ingest = z.strictObject({
  maxRejectedShare: share
    .default(0.05)
    .describe("A delivery of which a larger share of rows is rejected is refused before any store is touched: 0.05 is 5 %."),
  minShareOfLastDelivery: share
    .default(0.5)
    .describe("A delivery with a smaller share of the rows that the month's last delivery brought is refused: 0.5 is half."),
});

const state = z.strictObject({
  bucket: z.string().optional().describe("Bucket of the Terraform state; by default <project id>-terraform-state."),
  prefix: z.string().default("platform").describe("Folder of the state in its bucket."),
});

/** What a file `config/<environment>.yaml` may hold. */
export const environmentFile = z.strictObject({
  $schema: z.string().optional().describe("For editors."),
  project: project.prefault({}).describe("The Google project of this environment."),
  location: z
    .string()
    .regex(/^[a-z]+-[a-z]+[0-9]+$/, "a Google Cloud region such as europe-west1")
    .default("europe-west1")
    .describe("Region of everything; bucket, datasets and jobs must share it."),
  labels: z.record(label, label).default({}).describe("Labels on everything that can carry them."),
  allowsDataDeletion: z
    .boolean()
    .default(false)
    .describe("First of two keys to deleting data: without it, nothing that holds data is destroyed."),
  lake: lake.prefault({}).describe("The data lake on Cloud Storage."),
  warehouse: warehouse.prefault({}).describe("The warehouse on BigQuery."),
  postgres: postgres.prefault({}).describe("Postgres beside the warehouse."),
  ingest: ingest.prefault({}).describe("When a month's delivery is too bad to replace the one before."),
  state: state.prefault({}).describe("Where Terraform keeps its state in a real deployment."),
});

/** Contents of an environment's file, with defaults filled in. */
export type EnvironmentFile = z.infer<typeof environmentFile>;
