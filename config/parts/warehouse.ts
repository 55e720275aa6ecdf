import { z } from "zod";
import { member } from "./values";

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
});
