import { z } from "zod";

const hour = z.number().int().min(0, "an hour from 0 to 23").max(23, "an hour from 0 to 23");
const gibibytes = z.number().int().min(10, "at least 10 GiB").max(65_536, "at most 65536 GiB");

/** What Cloud SQL has for Postgres in its edition Enterprise: https://cloud.google.com/sql/docs/postgres/create-instance#machine-types */
const tier = z
  .string()
  .regex(/^db-(f1-micro|g1-small|custom-\d+-\d+)$/, "db-f1-micro, db-g1-small or db-custom-<vCPUs>-<MiB> such as db-custom-2-7680")
  .refine(hasCpus, "1 vCPU or an even number of them up to 96, such as db-custom-2-7680")
  .refine(hasMemory, "a multiple of 256 MiB, at least 3840 and 0.9 to 6.5 GiB per vCPU, such as db-custom-2-7680");

function sizeOf(text: string): { readonly cpus: number; readonly mebibytes: number } | undefined {
  const [, cpus, mebibytes] = /^db-custom-(\d+)-(\d+)$/.exec(text) ?? [];
  return cpus === undefined ? undefined : { cpus: Number(cpus), mebibytes: Number(mebibytes) };
}

function hasCpus(text: string): boolean {
  const { cpus = 1 } = sizeOf(text) ?? {};
  return cpus === 1 || (cpus > 0 && cpus % 2 === 0 && cpus <= 96);
}

function hasMemory(text: string): boolean {
  const { cpus, mebibytes } = sizeOf(text) ?? { cpus: 1, mebibytes: 3840 };
  const perCpu = mebibytes / cpus / 1024;
  return mebibytes % 256 === 0 && mebibytes >= 3840 && perCpu >= 0.9 && perCpu <= 6.5;
}

/** Cloud SQL, where `postgres.kind` is cloud_sql. */
export const cloudSql = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z]([a-z0-9-]{0,78}[a-z0-9])?$/, "1 to 80 of a-z, 0-9 and dashes, a letter first, no dash at the end")
      .default("trips")
      .describe("Name of the instance. Google may refuse a destroyed instance's name for a week: to deploy again, choose another."),
    tier: tier
      .default("db-f1-micro")
      .describe(
        "Machine, which costs all the time (us-central1, 2026-05, from third parties): db-f1-micro about 8, db-g1-small about 26, db-custom-2-7680 about 99 USD a month.",
      ),
    standby: z
      .boolean()
      .default(false)
      .describe("Whether a machine in another zone takes over when the first fails; doubles the price of machine and disk."),
    diskGibibytes: gibibytes
      .default(10)
      .describe("Size of the disk when it is made; it grows by itself and never shrinks. About 0.17 USD per GiB and month."),
    maxDiskGibibytes: gibibytes.default(50).describe("Size at which the disk stops growing."),
    keptBackups: z
      .number()
      .int()
      .min(1, "1 to 365 backups")
      .max(365, "1 to 365 backups")
      .default(7)
      .describe("Daily backups that are kept. About 0.08 USD per GiB and month."),
    recoveryDays: z
      .number()
      .int()
      .min(1, "1 to 7 days")
      .max(7, "1 to 7 days")
      .default(7)
      .describe("Days of which any moment can be restored, by the transaction log."),
    backupHour: hour.default(2).describe("Hour (UTC) at which the daily backup begins."),
    maintenanceDay: z
      .number()
      .int()
      .min(1, "1 (Monday) to 7 (Sunday)")
      .max(7, "1 (Monday) to 7 (Sunday)")
      .default(7)
      .describe("Day on which Google may restart the instance: 1 is Monday, 7 Sunday."),
    maintenanceHour: hour.default(4).describe("Hour (UTC) of that day."),
    rangePrefixLength: z
      .number()
      .int()
      .min(16, "16 to 24")
      .max(24, "16 to 24")
      .default(20)
      .describe("Size of the range of private addresses that the network sets aside for Google's services: 20 is 4,096 of them."),
  })
  .refine(({ diskGibibytes, maxDiskGibibytes }) => diskGibibytes <= maxDiskGibibytes, {
    path: ["maxDiskGibibytes"],
    error: "at least diskGibibytes",
  });
