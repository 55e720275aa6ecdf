import { z } from "zod";

/** The most memory that a number of vCPU may have, in GiB. @see https://cloud.google.com/run/docs/configuring/jobs/cpu */
const mostGib = { 1: 4, 2: 8, 4: 16, 8: 32 } as const;

/** The least, where it is more than half a GiB. */
const leastGib = { 1: 0.5, 2: 0.5, 4: 2, 8: 4 } as const;

interface Defaults {
  readonly cpu: 1 | 2 | 4 | 8;
  readonly memoryGib: number;
}

const size = ({ cpu, memoryGib }: Defaults) =>
  z
    .strictObject({
      cpu: z
        .union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)], "1, 2, 4 or 8 vCPU")
        .default(cpu)
        .describe("vCPU: 1, 2, 4 or 8. 0.000018 USD per vCPU and second while it runs, above a free share."),
      memoryGib: z
        .number()
        .multipleOf(0.5, "a multiple of 0.5 GiB")
        .default(memoryGib)
        .describe("Memory in GiB, which is the disk as well: to 4 with 1 vCPU, 8 with 2, 16 with 4, 32 with 8."),
      timeoutMinutes: z
        .number()
        .int()
        .min(1, "1 to 1440 minutes")
        .max(1440, "1 to 1440 minutes")
        .default(60)
        .describe("Minutes after which a run is ended; the task of Airflow's that started it fails then."),
    })
    .refine((job) => job.memoryGib >= leastGib[job.cpu] && job.memoryGib <= mostGib[job.cpu], {
      path: ["memoryGib"],
      error: ({ input }) => {
        const { cpu: cores } = input as Defaults;
        return `${String(leastGib[cores])} to ${String(mostGib[cores])} GiB with ${String(cores)} vCPU`;
      },
    });

/** Cloud Run jobs in which ingest and dbt work for Composer. */
export const jobs = z.strictObject({
  image: z
    .string()
    .regex(
      /^[a-z0-9-]+-docker\.pkg\.dev\/[^/\s]+\/[^/\s]+\/\S+@sha256:[0-9a-f]{64}$/,
      "an image of Artifact Registry by its digest, as `npm run image -- <environment>` writes it: <location>-docker.pkg.dev/<project>/trips-docker/data@sha256:<64 digits>",
    )
    .optional()
    .describe(
      "Image with the packages of pipelines/environments/data.lock; `npm run image` builds it and writes it here. Composer needs it.",
    ),
  ingest: size({ cpu: 2, memoryGib: 8 })
    .prefault({})
    .describe("Size of ingest's job: the files that it downloads are in its memory, up to 500 MB each, three times over."),
  dbt: size({ cpu: 1, memoryGib: 2 }).prefault({}).describe("Size of dbt's job: the work is BigQuery's."),
});
