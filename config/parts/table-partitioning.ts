import { z } from "zod";

const range = z
  .strictObject({
    column: z.string().describe("Integer column whose value chooses the partition."),
    start: z.number().int().describe("First value of the first range."),
    end: z.number().int().describe("The first value behind the last range."),
    interval: z.number().int().min(1, "at least 1").describe("How many values a range holds."),
  })
  .refine(({ start, end }) => start < end, { path: ["end"], error: "more than start" });

/** Partitioning of a landed table that has no months. */
export const tablePartitioning = z
  .strictObject({
    rangePartitioning: range.optional().describe("Partitions by ranges of an integer column."),
    arrivalPartitioning: z
      .enum(["HOUR", "DAY", "MONTH", "YEAR"])
      .optional()
      .describe("Partitions by the time at which a row arrived (_PARTITIONTIME)."),
  })
  .refine(({ rangePartitioning, arrivalPartitioning }) => rangePartitioning === undefined || arrivalPartitioning === undefined, {
    path: ["arrivalPartitioning"],
    error: "nothing beside rangePartitioning: a table is partitioned in one way",
  });
