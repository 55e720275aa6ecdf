import { z } from "zod";
import { member, share } from "./values";

const schedule = z.string().regex(/^every .+$/, 'a schedule in UTC such as "every day 03:30" or "every mon 06:00"');

const MINUTES = "30 to 10080 minutes (a week)";

/** How BigQuery reads and writes the lake. */
export const lakehouse = z
  .strictObject({
    bigLake: z
      .boolean()
      .default(true)
      .describe(
        "Whether the external tables read the lake through a connection of their own, so that their readers need no right on it. Free.",
      ),
    metadataCacheMinutes: z
      .number()
      .int()
      .min(30, MINUTES)
      .max(10_080, MINUTES)
      .optional()
      .describe(
        "Minutes for which BigQuery may answer from what it remembers of the lake's files; a month that has just arrived may be missing for as long. Its refreshes are billed as queries. Off where nothing is set: worth it only over thousands of files.",
      ),
    iceberg: z
      .boolean()
      .default(false)
      .describe("Whether there are Apache Iceberg tables beside the landed ones, in a bucket of their own. Costs what is stored there."),
    icebergSchedule: schedule
      .optional()
      .describe(
        "When they become copies of the landed trips, in UTC, e.g. every sun 04:00; by default nothing fills them. Every run reads all landed months: 6.25 USD per TiB.",
      ),
    icebergWriters: z
      .array(member)
      .default([])
      .describe("Who may write the Iceberg tables besides, e.g. serviceAccount:trips-transform@<project>.iam.gserviceaccount.com."),
  })
  .refine(({ bigLake, metadataCacheMinutes }) => bigLake || metadataCacheMinutes === undefined, {
    path: ["metadataCacheMinutes"],
    error: "nothing without bigLake, whose tables alone have a cache (leave this out, or set bigLake to true)",
  })
  .refine(({ iceberg, icebergSchedule }) => iceberg || icebergSchedule === undefined, {
    path: ["icebergSchedule"],
    error: "nothing as long as there are no Iceberg tables (leave this out, or set iceberg to true)",
  })
  .refine(({ iceberg, icebergWriters }) => iceberg || icebergWriters.length === 0, {
    path: ["icebergWriters"],
    error: "empty as long as there are no Iceberg tables (leave this out, or set iceberg to true)",
  });

/** Scans of the landed trips by the contracts' rules. */
export const quality = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe("Whether there is a Dataplex quality scan of each landed trip table. Free until it runs: then about 0.09 USD per DCU-hour."),
  schedule: z
    .string()
    .regex(/^(TZ=\S+ )?(\S+ ){4}\S+$/, "a cron expression of five fields such as 30 5 * * *, perhaps behind TZ=Europe/Brussels")
    .optional()
    .describe("When the scans run, as cron in UTC; by default only when somebody starts them. Costs cents a run for millions of rows."),
  warnThreshold: share
    .min(0.001, "a share above 0: Dataplex takes 0 for 1")
    .default(0.95)
    .describe("Share of rows that must meet a rule by which ingest only warns. What ingest rejects must not be there at all."),
  months: z
    .number()
    .int()
    .min(1, "at least 1 month")
    .optional()
    .describe("File months before today's that are scanned; by default all of them, at every run."),
});

/** Queries that BigQuery runs by the clock. */
export const scheduledQueries = z.strictObject({
  jobCosts: z
    .boolean()
    .default(true)
    .describe("Whether each day's costs of BigQuery's jobs are kept in trips_operations.job_costs. Less than 0.01 USD a month."),
  schedule: schedule.default("every day 03:30").describe("When job costs are kept, in UTC, in the form of App Engine's cron."),
  notificationTopic: z
    .string()
    .regex(/^projects\/[^/]+\/topics\/[^/]+$/, "a Pub/Sub topic's name such as projects/<project>/topics/<topic>")
    .optional()
    .describe("Pub/Sub topic, already there, that is told of the end of every run."),
});
