import { z } from "zod";

const SHARED_CORE = /^(e2-(micro|small|medium)|f1-micro|g1-small|n1-standard-1)$/;
const MACHINE = /^(e2|n1|n2|n2d|c2|c2d)-((standard|highmem|highcpu)-\d+|custom-\d+-\d+(-ext)?)$/;

/** A type of machine that Dataproc takes. */
const machineType = z
  .string()
  .refine(
    (type) => !SHARED_CORE.test(type),
    "a machine with cores and memory of its own, which Dataproc needs: write e2-standard-2 or more",
  )
  .refine(
    (type) => SHARED_CORE.test(type) || MACHINE.test(type),
    "a machine type that boots from a persistent disk, such as e2-standard-4",
  );

const machines = (least: number, expected: string) =>
  z
    .number()
    .int()
    .min(least, expected)
    .refine((count) => count !== 1 || least === 1, expected);

const minutes = (least: number, most: number) => {
  const expected = `${String(least)} to ${String(most)} minutes`;
  return z.number().int().min(least, expected).max(most, expected);
};

const autoscaling = z.strictObject({
  maxWorkers: z.number().int().min(2, "at least 2 workers").describe("Most workers."),
  maxSpotWorkers: z.number().int().min(0).default(0).describe("Most spot workers."),
  cooldownMinutes: minutes(2, 1440).default(2).describe("Minutes between two changes of size."),
  decommissionMinutes: minutes(0, 1440).default(60).describe("Minutes for which a machine that is no longer needed may finish its work."),
});

/** The machines of a cluster, and when it goes. */
export const cluster = z
  .strictObject({
    masters: z
      .union([z.literal(1), z.literal(3)], "1 master, or 3 so that one may fail")
      .default(1)
      .describe("Machines that coordinate: 1, or 3 so that one may fail."),
    workers: machines(0, "0 for a single machine that does all, or at least 2")
      .default(0)
      .describe("Machines that compute; 0 for a single machine that does all."),
    spotWorkers: z.number().int().min(0).default(0).describe("Further ones, which Google may take back, at a fourth or so of the price."),
    masterMachineType: machineType
      .default("e2-standard-4")
      .describe("Type of the masters: e2-standard-4 costs 0.19 USD an hour with Dataproc's fee, n2-standard-4 0.25."),
    workerMachineType: machineType.default("e2-standard-4").describe("Type of the workers."),
    diskGigabytes: z
      .number()
      .int()
      .min(30, "30 to 2000 GB")
      .max(2000, "30 to 2000 GB")
      .default(100)
      .describe("GB of each machine's disk, at 0.04 (pd-standard) to 0.17 USD (pd-ssd) a month while the cluster exists."),
    diskType: z
      .enum(["pd-standard", "pd-balanced", "pd-ssd"])
      .default("pd-standard")
      .describe("Kind of the disks. All but pd-standard count against the quota SSD_TOTAL_GB: 500 GB or less in a new project."),
    idleDeleteMinutes: minutes(10, 20_160)
      .default(30)
      .describe("Minutes without a job after which the cluster is deleted; the next deployment makes it again."),
    autoscaling: autoscaling.optional().describe("How it grows under load. Where nothing is set it keeps its size."),
  })
  .refine(({ workers, masters, spotWorkers, autoscaling: grows }) => workers > 0 || (masters === 1 && spotWorkers === 0 && !grows), {
    path: ["workers"],
    error: "at least 2 workers beside 3 masters, spotWorkers or autoscaling: a single machine can't have them",
  })
  .refine(({ workers, autoscaling: grows }) => grows === undefined || grows.maxWorkers >= workers, {
    path: ["autoscaling", "maxWorkers"],
    error: "at least as many as workers, with which the cluster begins",
  });

/** The machine of a history server. */
export const historyServer = z.strictObject({
  enabled: z.boolean().default(false).describe("Whether there is one. It always runs: about 72 USD a month with its disk."),
  machineType: machineType.default("e2-standard-2").describe("Its machine type."),
});
