import { z } from "zod";
import { nights } from "./nights";
import { member, share } from "./values";

/** Machines with 4 GB of memory or more. */
const machineType = z
  .string()
  .refine(
    (type) => !/^e2-(micro|small)$|-highcpu-[1-3]$/.test(type),
    "a machine with at least 4 GB of memory, which broker and system need: write e2-medium or more",
  )
  .regex(
    /^(e2-(micro|small|medium)|(e2|n1|n2|n2d|c2|c2d)-((standard|highmem|highcpu)-\d+|custom-\d+-\d+(-ext)?))$/,
    "a machine type such as e2-medium or e2-standard-2",
  );

const logins = z.array(member).default([]);

/** Kafka on machines of our own. */
export const kafka = z
  .strictObject({
    brokers: z
      .union([z.literal(1), z.literal(3)], "1 broker, or 3 so that one may fail: 2 and 4 have no better majority than 1 and 3")
      .default(1)
      .describe("Brokers: 1, or 3 so that one may fail. Another number makes another cluster: the brokers refuse a disk of the old one."),
    replication: z
      .number()
      .int()
      .min(1, "at least 1 copy")
      .optional()
      .describe("Copies of each partition, at most as many as brokers. Where nothing is set: 3, or as many as brokers."),
    machineType: machineType
      .default("e2-medium")
      .describe("Type of each machine: e2-medium costs 26.91, e2-standard-2 53.81 USD a month around the clock."),
    zones: z
      .array(z.string().regex(/^[a-f]$/, "the letter of a zone such as b"))
      .min(1, "at least one zone")
      .refine((letters) => new Set(letters).size === letters.length, "each zone once")
      .default(["b"])
      .describe("Zones that the brokers are spread over, in turn. What goes from one to another costs about 0.01 USD per GiB."),
    diskGigabytes: z
      .number()
      .int()
      .min(10, "at least 10 GB")
      .max(65_536, "at most 65536 GB")
      .default(20)
      .describe(
        "GB of each broker's data disk, at about 0.10 USD a month (pd-balanced); it grows in place, never shrinks, and must hold what contracts/topics.ts lets topics keep.",
      ),
    diskType: z
      .enum(["pd-standard", "pd-balanced", "pd-ssd"])
      .default("pd-balanced")
      .describe("Kind of the data disks. All but pd-standard count against the quota SSD_TOTAL_GB."),
    snapshotDays: z
      .number()
      .int()
      .min(0, "0 or more days")
      .default(7)
      .describe("Days after which a daily snapshot of the disks is deleted, at 0.05 USD per GiB of what changed; 0 for none."),
    nights: nights("Whether each broker is switched off by the clock.").prefault({}).describe("When the brokers are off."),
    logins: z
      .strictObject({
        admin: logins.describe("Who may log in as admin, who may do everything."),
        producer: logins.describe("Who may write rides and zones."),
        consumer: logins.describe("Who may read."),
      })
      .prefault({})
      .describe("Who may read the passwords of Kafka's users, e.g. group:engineers@example.com."),
    maxLag: z.number().int().positive("more than 0 records").default(100_000).describe("Alerts when a consumer group is further behind."),
    maxDiskShare: share.default(0.8).describe("Alerts when more of a broker's disk is used; 0.8 is 80 %."),
  })
  .refine(({ brokers, replication = 1 }) => replication <= brokers, {
    path: ["replication"],
    error: "at most as many copies as brokers",
  });
