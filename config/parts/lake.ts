import { z } from "zod";
import { days } from "./values";

/** The data lake on Cloud Storage. */
export const lake = z
  .strictObject({
    rawColdAfterDays: days
      .optional()
      .describe("Days after which raw and quarantined files move to Nearline; 30 where nothing is set. Not together with autoclass."),
    softDeleteDays: z
      .number()
      .int()
      .min(7)
      .max(90)
      .default(7)
      .describe("Days for which a deleted object can be restored; it is paid for as long."),
    abortUploadDays: days
      .default(7)
      .describe("Days after which the parts of an upload that was never finished are deleted: no list shows them, but they cost."),
    autoclass: z
      .boolean()
      .default(false)
      .describe("Lets Cloud Storage choose each object's class by when it was last read: 0.0025 USD per 1,000 objects and month."),
    terminalStorageClass: z
      .enum(["NEARLINE", "ARCHIVE"])
      .optional()
      .describe("Coldest class that autoclass may choose; NEARLINE where nothing is set."),
    rawRetentionDays: days
      .max(24_855, "at most 24855 days")
      .optional()
      .describe(
        "Days in which no raw file can be deleted or replaced, by nobody; a month delivered anew is taken only after them. Off where nothing is set.",
      ),
    lockRawRetention: z
      .boolean()
      .default(false)
      .describe("Makes rawRetentionDays final. This can't be undone; needs allowsDataDeletion: false."),
    notifyNewRawFiles: z
      .boolean()
      .default(false)
      .describe(
        "Tells the Pub/Sub topic trips-lake-raw-new-objects of every new raw file: cents. Needs the account of Cloud Storage, which a new project gets by `gcloud storage service-agent`.",
      ),
  })
  .refine(({ autoclass, rawColdAfterDays }) => !autoclass || rawColdAfterDays === undefined, {
    path: ["rawColdAfterDays"],
    error: "nothing beside autoclass, which chooses the classes itself (leave this out, or set autoclass to false)",
  })
  .refine(({ autoclass, terminalStorageClass }) => autoclass || terminalStorageClass === undefined, {
    path: ["terminalStorageClass"],
    error: "nothing without autoclass, which alone heeds it (leave this out, or set autoclass to true)",
  })
  .refine(({ lockRawRetention, rawRetentionDays }) => !lockRawRetention || rawRetentionDays !== undefined, {
    path: ["lockRawRetention"],
    error: "false as long as there are no rawRetentionDays to lock",
  });
