import { z } from "zod";
import { days } from "./values";

/** Ride events by Pub/Sub in place of Kafka. */
export const pubsub = z.strictObject({
  retentionDays: days
    .max(31, "at most 31 days")
    .default(7)
    .describe("Days for which an event that nobody took is kept; 0.27 USD per GiB and month for what waits longer than a day."),
  maxDeliveryAttempts: z
    .number()
    .int()
    .min(5, "5 to 100 attempts")
    .max(100, "5 to 100 attempts")
    .default(5)
    .describe("How often an event is delivered before it goes to the dead letters; until then it holds back later ones of its zone."),
  subscriptions: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "a name of at most 40 of a-z, 0-9 and dashes, a letter first"))
    .refine((names) => new Set(names).size === names.length, "names that differ")
    .default([])
    .describe("Groups of consumers that take events besides BigQuery, each by a subscription: 40 USD per TiB delivered."),
  partition: z
    .enum(["DAY", "HOUR"])
    .default("DAY")
    .describe(
      "Length of a partition of BigQuery's table, by the ride's time; BigQuery allows 10,000: 27 years of days, 13 months of hours.",
    ),
  expirationDays: days
    .optional()
    .describe("Days after which a partition is deleted, counted from the ride's time: a replay of an old month would be deleted at once."),
  maxWaitMinutes: z
    .number()
    .int()
    .min(1, "at least 1 minute")
    .default(10)
    .describe("Alerts when the oldest event has waited for BigQuery longer."),
});
