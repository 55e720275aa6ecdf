import { z } from "zod";

type Range = readonly [least: number, most: number];

const between = ([least, most]: Range, what: string) =>
  z
    .number()
    .min(least, `${what} from ${String(least)} to ${String(most)}`)
    .max(most, `${what} from ${String(least)} to ${String(most)}`);

const count = (range: Range, byDefault: number, of: string) =>
  between(range, "a whole number")
    .int()
    .default(byDefault)
    .describe(`${of}: ${String(range[0])} to ${String(range[1])}.`);

const cpu = (range: Range, byDefault: number) =>
  between(range, "vCPU")
    .refine((cores) => cores === 0.5 || cores === 1 || cores % 2 === 0, "0.5, 1 or a multiple of 2 vCPU")
    .default(byDefault)
    .describe(`vCPU of each: 0.5, 1 or a multiple of 2, from ${String(range[0])} to ${String(range[1])}.`);

const memoryGb = (range: Range, byDefault: number) =>
  between(range, "GB of memory")
    .multipleOf(0.25, "a multiple of 0.25 GB")
    .default(byDefault)
    .describe("GB of memory of each: 1 to 8 per vCPU.");

const storageGb = (byDefault: number) => between([0, 100], "GB of disk").int("whole GB").default(byDefault).describe("GB of disk of each.");

interface Proportions {
  readonly cpu: number;
  readonly memoryGb: number;
}

const proportions = { path: ["memoryGb"], error: "1 to 8 GB of memory per vCPU" };
const areProportionate = ({ cpu: cores, memoryGb: gigabytes }: Proportions): boolean => gigabytes >= cores && gigabytes <= cores * 8;

/** @see https://cloud.google.com/composer/docs/composer-3/scale-environments#resource-limits */
const scheduler = z
  .strictObject({ count: count([1, 3], 1, "Schedulers"), cpu: cpu([0.5, 1], 0.5), memoryGb: memoryGb([1, 8], 2), storageGb: storageGb(1) })
  .refine(areProportionate, proportions);

const triggerer = z
  .strictObject({ count: count([0, 10], 1, "Triggerers"), cpu: cpu([0.5, 1], 0.5), memoryGb: memoryGb([1, 8], 1) })
  .refine(areProportionate, proportions);

const webServer = z
  .strictObject({ cpu: cpu([1, 4], 1), memoryGb: memoryGb([2, 32], 2), storageGb: storageGb(1) })
  .refine(areProportionate, proportions);

const worker = z
  .strictObject({
    minCount: count([1, 100], 1, "Workers at least"),
    maxCount: count([1, 100], 3, "Workers at most"),
    cpu: cpu([0.5, 32], 0.5),
    memoryGb: memoryGb([1, 256], 2),
    storageGb: storageGb(10),
  })
  .refine(areProportionate, proportions)
  .refine(({ minCount, maxCount }) => minCount <= maxCount, { path: ["minCount"], error: "not more than maxCount" });

const dagProcessor = z
  .strictObject({
    count: count([1, 3], 1, "DAG processors"),
    cpu: cpu([0.5, 32], 1),
    memoryGb: memoryGb([1, 256], 2),
    storageGb: storageGb(1),
  })
  .refine(areProportionate, proportions);

/** What an environment of Composer 3 runs, each within Google's limits. */
export const workloads = z.strictObject({
  scheduler: scheduler.prefault({}).describe("Starts what is due."),
  triggerer: triggerer.prefault({}).describe("Waits for deferred tasks."),
  webServer: webServer.prefault({}).describe("Shows Airflow to people."),
  worker: worker.prefault({}).describe("Run tasks, as many as there is work for."),
  dagProcessor: dagProcessor.prefault({}).describe("Parses DAGs."),
});
