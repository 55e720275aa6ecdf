import { z } from "zod";
import { lakehouse, quality, scheduledQueries } from "./lakehouse";
import { tablePartitioning } from "./table-partitioning";
import { member } from "./values";
import { protectedColumns, rowPolicy, scratch, shared } from "./warehouse-access";

const onePerName = (policies: readonly z.infer<typeof rowPolicy>[]): boolean =>
  new Set(policies.map(({ table, name }) => `${table}.${name}`)).size === policies.length;

/** The warehouse on BigQuery. */
export const warehouse = z.strictObject({
  timeTravelHours: z
    .number()
    .int()
    .multipleOf(24, "a multiple of 24")
    .min(48)
    .max(168)
    .default(168)
    .describe("Hours for which a table's past can be read: 48 to 168."),
  readers: z.array(member).default([]).describe("Who may read the marts, e.g. group:analysts@example.com."),
  shared: shared.prefault({}).describe("Views on the landed tables for people who may not read the tables."),
  routines: z
    .boolean()
    .default(true)
    .describe(
      "Whether there is a dataset trips_routines with functions and a procedure over the landed tables. Free until they are called.",
    ),
  protectedColumns: protectedColumns.prefault({}).describe("Columns that not everybody who may read a table may read."),
  rowPolicies: z
    .array(rowPolicy)
    .default([])
    .refine(onePerName, "policies whose names differ within a table")
    .describe(
      "Rows of landed tables that some may read. A policy hides the table's other rows from everybody but those who work on all of it.",
    ),
  tables: z
    .record(z.string(), tablePartitioning)
    .default({})
    .describe("Partitioning of landed tables that have no months (zones, load_receipts), by name. A change replaces the table."),
  scratch: scratch.prefault({}).describe("A dataset for people's own tables, which are deleted by themselves."),
  lakehouse: lakehouse.prefault({}).describe("How BigQuery reads and writes the lake."),
  quality: quality.prefault({}).describe("Scans of the landed trips by the contracts' rules."),
  scheduledQueries: scheduledQueries.prefault({}).describe("Queries that BigQuery runs by the clock."),
});
