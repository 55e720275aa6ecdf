import { z } from "zod";
import { nights } from "./nights";

const MACHINE = /^(e2|n1|n2|n2d|c2|c2d)-((standard|highmem|highcpu)-\d+|custom-\d+-\d+(-ext)?)$/;

/** Airflow's machine, where `orchestration.kind` is vm. */
export const airflowMachine = z.strictObject({
  machineType: z
    .string()
    .regex(
      MACHINE,
      "a machine type with memory of its own that boots from a persistent disk, such as e2-standard-2: Airflow needs 3 GB for itself",
    )
    .default("e2-standard-2")
    .describe("Its type: e2-standard-2 (8 GB) 53.81 USD a month, e2-standard-4 107.62; with the default nights about two fifths."),
  zone: z
    .string()
    .regex(/^[a-f]$/, "a zone's letter alone, such as b")
    .default("b")
    .describe("Letter of its zone in the region. Another one needs another disk: Airflow's history stays in the old one."),
  diskGigabytes: z
    .number()
    .int()
    .min(10, "10 to 1000 GB")
    .max(1000, "10 to 1000 GB")
    .default(20)
    .describe("GB of the disk with Airflow's database and latest logs, at 0.10 USD a month; grows in place, and never shrinks."),
  snapshotDays: z
    .number()
    .int()
    .min(0, "0 for no snapshots, or days")
    .default(7)
    .describe("Days for which a daily snapshot of it is kept: 0.05 USD per GiB and month of what changed; 0 for none."),
  parallelism: z
    .number()
    .int()
    .min(1, "1 to 16 tasks")
    .max(16, "1 to 16 tasks")
    .default(2)
    .describe("Tasks that run at once; ingest takes up to 2 GB for one."),
  nights: nights("Whether the machine is switched off by the clock; what runs then fails, and is retried once it is on.")
    .prefault({})
    .describe("When it is off."),
});
