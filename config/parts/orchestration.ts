import { z } from "zod";
import { airflowMachine } from "./airflow-machine";
import { jobs } from "./orchestration-jobs";
import { workloads } from "./orchestration-workloads";
import { days, member } from "./values";

const maintenance = z
  .strictObject({
    weekdays: z
      .array(z.enum(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]))
      .refine((list) => new Set(list).size === list.length, "each day once")
      .default(["SA", "SU"])
      .describe("Days of the week, UTC."),
    startHour: z
      .number()
      .int()
      .min(0, "an hour from 0 to 23")
      .max(23, "an hour from 0 to 23")
      .default(0)
      .describe("Hour of its start, UTC."),
    hours: z.number().int().min(4, "4 to 24 hours").max(24, "4 to 24 hours").default(6).describe("Hours that it lasts."),
  })
  .refine(({ weekdays, hours }) => weekdays.length * hours >= 12, { path: ["hours"], error: "at least 12 hours a week: hours × weekdays" });

const snapshots = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe("Whether Airflow's history, connections and variables are saved by the clock, into its bucket: cents a month."),
  schedule: z
    .string()
    .regex(/^[\d*,/-]+( [\d*,/-]+){4}$/, "cron's five fields such as 0 4 * * *")
    .default("0 4 * * *")
    .describe("When, in cron's form."),
  timeZone: z
    .string()
    .regex(/^UTC([+-](0\d|1[0-2]))?$/, "an offset from UTC-12 to UTC+12 such as UTC+01")
    .default("UTC")
    .describe("Offset of these times; knows no summer time."),
  keepDays: days.default(14).describe("Days after which a snapshot is deleted."),
});

/** Airflow in the cloud. */
export const orchestration = z.strictObject({
  kind: z
    .enum(["composer", "vm", "none"])
    .default("none")
    .describe(
      "Where Airflow runs. vm: the same Airflow on one small machine, 25 to 60 USD a month. composer: Google looks after it; costs about 292 to 526 USD a month whether or not anything runs, and can't be paused. Its first deployment takes 25 minutes. A key of one's own besides needs project.number.",
    ),
  image: z
    .string()
    .regex(
      /^composer-3-airflow-\d+\.\d+$/,
      "an image of Composer 3 with Airflow's minor version and no more, such as composer-3-airflow-3.1: Google withdraws patches and builds",
    )
    .default("composer-3-airflow-3.1")
    .describe("Composer's image; the same Airflow as pipelines/environments/orchestration.lock has."),
  size: z
    .enum(["ENVIRONMENT_SIZE_SMALL", "ENVIRONMENT_SIZE_MEDIUM", "ENVIRONMENT_SIZE_LARGE"])
    .default("ENVIRONMENT_SIZE_SMALL")
    .describe("Size of Airflow's database and queue; each step about doubles their cost."),
  workloads: workloads.prefault({}).describe("What runs, and how large: about 0.06 USD per DCU and hour, whether or not it is busy."),
  parallelism: z
    .number()
    .int()
    .min(1, "a whole number from 1 up")
    .default(32)
    .describe("Tasks that run at once, in the whole environment."),
  airflowConfig: z
    .record(z.string().regex(/^[a-z_]+-[a-z0-9_]+$/, "a section and a key with a dash between, such as api-instance_name"), z.string())
    .default({})
    .describe("Further overrides of Airflow's configuration."),
  vm: airflowMachine
    .prefault({})
    .describe("The machine, where kind is vm; of the settings below, airflowConfig, logDays and users hold for it too."),
  jobs: jobs.prefault({}).describe("Cloud Run jobs in which ingest and dbt work for Composer."),
  maintenance: maintenance.prefault({}).describe("When Google may upgrade it and restart what runs."),
  snapshots: snapshots.prefault({}).describe("Copies of what can't be made again."),
  historyDays: z
    .number()
    .int()
    .min(30, "30 to 730 days")
    .max(730, "30 to 730 days")
    .default(90)
    .describe("Days for which Airflow remembers runs and tasks."),
  logDays: days.default(30).describe("Days for which the bucket keeps tasks' logs."),
  users: z.array(member).default([]).describe("Who may open Airflow's page and start DAGs, e.g. group:engineers@example.com."),
  webServerRanges: z
    .array(z.union([z.cidrv4(), z.cidrv6()], "ranges such as 203.0.113.0/24"))
    .default([])
    .describe("Ranges of addresses from which Airflow's page answers; everywhere, after signing in to Google, while there is none."),
});
