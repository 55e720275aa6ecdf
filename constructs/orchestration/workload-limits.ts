import type { WorkloadSizes } from "./workload-sizes";

type Range = readonly [least: number, most: number];

interface Limits {
  readonly count?: Range;
  readonly cpu: Range;
  readonly memoryGb: Range;
}

const STORAGE_GB: Range = [0, 100];

/** @see https://cloud.google.com/composer/docs/composer-3/scale-environments#resource-limits */
const limits: Readonly<Record<keyof WorkloadSizes, Limits>> = {
  scheduler: { count: [1, 3], cpu: [0.5, 1], memoryGb: [1, 8] },
  triggerer: { count: [0, 10], cpu: [0.5, 1], memoryGb: [1, 8] },
  webServer: { cpu: [1, 4], memoryGb: [2, 32] },
  worker: { count: [1, 100], cpu: [0.5, 32], memoryGb: [1, 256] },
  dagProcessor: { count: [1, 3], cpu: [0.5, 32], memoryGb: [1, 256] },
};

/** @throws Error when Google would refuse a size; it says what it takes instead. Such a refusal comes after minutes otherwise. */
export function checkWorkloads(sizes: WorkloadSizes): void {
  for (const [name, size] of Object.entries(sizes) as [keyof WorkloadSizes, Readonly<Record<string, number>>][]) {
    const { count, cpu, memoryGb } = limits[name];
    for (const counted of ["count", "minCount", "maxCount"]) if (count) within(name, counted, size[counted], count, 1);
    within(name, "cpu", size.cpu, cpu, 0.5);
    within(name, "memoryGb", size.memoryGb, memoryGb, 0.25);
    within(name, "storageGb", size.storageGb, STORAGE_GB, 1);
    checkProportions(name, size);
  }
  const { minCount, maxCount } = sizes.worker;
  if (minCount > maxCount) {
    throw new Error(`worker.minCount (${String(minCount)}) of Composer must not be above worker.maxCount (${String(maxCount)}).`);
  }
}

function within(workload: string, what: string, value: number | undefined, [least, most]: Range, step: number): void {
  if (value === undefined || (value >= least && value <= most && Number.isInteger(value / step))) return;
  const steps = step === 1 ? "a whole number" : `a multiple of ${String(step)}`;
  throw new Error(`${workload}.${what} of Composer must be ${steps} from ${String(least)} to ${String(most)}, not ${String(value)}.`);
}

function checkProportions(workload: string, { cpu = 0, memoryGb = 0 }: Readonly<Record<string, number>>): void {
  if (cpu > 1 && cpu % 2 !== 0) throw new Error(`${workload}.cpu of Composer must be 0.5, 1 or a multiple of 2, not ${String(cpu)}.`);
  if (memoryGb < cpu || memoryGb > cpu * 8) {
    throw new Error(
      `${workload}.memoryGb of Composer must be 1 to 8 GB per vCPU: with ${String(cpu)} vCPU ${String(cpu)} to ${String(cpu * 8)} GB, not ${String(memoryGb)}.`,
    );
  }
}
