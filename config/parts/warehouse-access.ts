import { z } from "zod";
import { days, member } from "./values";

const members = (who: string) => z.array(member).default([]).describe(who);
const tableName = z.string().regex(/^[a-z_][a-z0-9_]*$/, "the name of a landed table, such as yellow_trips");

/** Views on the landed tables for people who may not read the tables. */
export const shared = z.strictObject({
  enabled: z.boolean().default(true).describe("Whether there is a dataset trips_shared of such views. Free until they are read."),
  tables: z
    .array(tableName)
    .default(["yellow_trips", "green_trips", "fhv_trips", "fhvhv_trips", "zones"])
    .describe("Landed tables of which it has a view, without protected columns."),
  monthSummaries: z
    .array(tableName)
    .default(["yellow_trips", "green_trips"])
    .describe(
      "Landed tables of which it has a summary by month, kept up to date by BigQuery: a refresh reads the months that changed, less than 0.001 USD each.",
    ),
  since: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, "a month such as 2024-01")
    .default("2009-01")
    .describe("First file month that the views show. The summaries show all."),
  readers: members("Who may read the views and call the routines, e.g. group:partners@example.com; nothing else of the warehouse."),
});

/** Columns that not everybody who may read a table may read: those with a policy tag in their contract. */
export const protectedColumns = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      "Whether reading them takes a right of its own (policy tags). Free with on-demand queries; under editions it needs Enterprise.",
    ),
  mask: z
    .enum(["ALWAYS_NULL", "DEFAULT_MASKING_VALUE", "SHA256", "LAST_FOUR_CHARACTERS", "FIRST_FOUR_CHARACTERS"])
    .default("ALWAYS_NULL")
    .describe("What masked readers see instead of a value; SHA256 and the characters are for texts only."),
  readers: members("Who may read their values, where they may read the table."),
  maskedReaders: members("Who may read them masked, where they may read the table."),
});

/** Rows of a landed table that some may read. */
export const rowPolicy = z.strictObject({
  table: tableName.describe(
    "Landed table. From the first policy on, its rows are hidden from whom no policy and no grant of the dataset names.",
  ),
  name: z
    .string()
    .regex(/^\w{1,256}$/, "letters, digits and underscores")
    .describe("Id of the policy, unique in its table."),
  filter: z.string().min(1).describe("Condition on the table's columns in GoogleSQL, e.g. pickup_zone_id = 132."),
  members: z.array(member).min(1, "at least one member").describe("Who may read the table, but only the rows that meet the condition."),
});

/** A dataset for people's own tables. */
export const scratch = z.strictObject({
  enabled: z.boolean().default(true).describe("Whether there is a dataset trips_scratch for them. Costs what is stored there."),
  tableDays: days.default(7).describe("Days after which a table in it is deleted."),
  writers: members("Who may make tables in it."),
});
