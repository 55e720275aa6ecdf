import { z } from "zod";
import { days, email, share } from "./values";

const uptimeCheck = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      "Whether the source of the trip files is checked from all over the world; a million checks a month are free, this is 2 % of it.",
    ),
  host: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a bare host such as example.com")
    .default("d37ci6vzurychx.cloudfront.net")
    .describe("Public host that is asked over HTTPS: the TLC's."),
  path: z
    .string()
    .regex(/^\/\S*$/, "a path that begins with a slash")
    .default("/misc/taxi_zone_lookup.csv")
    .describe("Path that is fetched; its answer must have status 2xx."),
  content: z
    .string()
    .min(1, "some text")
    .max(1024, "at most 1024 characters")
    .default("LocationID")
    .describe("Text that the answer must hold."),
  periodMinutes: z.literal([1, 5, 10, 15]).default(15).describe("Minutes between two checks from one region: 1, 5, 10 or 15."),
});

/** Alerts, the dashboard and the uptime check. */
export const monitoring = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      "Whether the platform is watched: five alerts and a dashboard, which is free. Google has named both 0.10 and 1.50 USD per alert condition and month; which it charges is unknown here.",
    ),
  emails: z.array(email).default([]).describe("Where alerts go; without any, they are seen in the console only."),
  billedGibibytesPerDay: z
    .number()
    .positive("more than 0 GiB")
    .default(100)
    .describe("Alerts when queries are billed for more GiB within 24 hours; 100 are 0.61 USD at 6.25 USD per TiB."),
  pipelines: z
    .boolean()
    .default(true)
    .describe(
      "Whether three alerts and three charts more watch the pipelines by what they log: tasks that failed, deliveries with many rejected rows, none for long. Only where orchestration.kind isn't none: elsewhere nothing in the cloud runs them. The third fires until the first delivery has landed.",
    ),
  rejectedShare: share
    .default(0.02)
    .describe(
      "With pipelines: alerts when a larger share of a delivery's rows is rejected; 0.02 is 2 %. Let it be below ingest.maxRejectedShare.",
    ),
  overdueDays: days
    .max(365, "at most 365 days")
    .default(45)
    .describe("With pipelines: alerts when nothing has landed for as many days; the TLC publishes once a month."),
  deployers: z
    .array(email)
    .default([])
    .describe(
      "E-mail addresses of accounts whose changes of grants on the lake's buckets raise no alert; CI's own is among them where bootstrap.github is set.",
    ),
  uptimeCheck: uptimeCheck.prefault({}).describe("Whether the source of the trip files can be reached."),
});
