import { z } from "zod";
import { member } from "./values";

/** Who may act as the workloads. */
export const identity = z.strictObject({
  developers: z
    .array(member)
    .default([])
    .describe(
      "Who may act as any workload for an hour at a time, without a key, e.g. group:data-engineers@example.com; can then do all that the workloads can.",
    ),
  grantPropagationSeconds: z
    .number()
    .int()
    .min(0)
    .max(900)
    .default(120)
    .describe("Seconds from new grants until what acts under them starts; most are in force within 2 minutes, some take 7 and more."),
});
