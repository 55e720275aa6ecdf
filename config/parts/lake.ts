import { z } from "zod";
import { days } from "./values";

/** The data lake on Cloud Storage. */
export const lake = z.strictObject({
  rawColdAfterDays: days.default(30).describe("Days after which raw and quarantined files move to Nearline."),
  softDeleteDays: z.number().int().min(7).max(90).default(7).describe("Days for which a deleted object can be restored."),
});
