import type { Configuration } from "../../config/configuration";

/** A quota of Compute Engine in one region, and how much of it a platform takes. */
export interface QuotaNeed {
  /** Google's name of it: `CPUS`, `SSD_TOTAL_GB`, … @see https://cloud.google.com/compute/resource-usage */
  readonly metric: string;
  readonly needed: number;

  /** What takes it. */
  readonly by: string;
}

/** What Google says of a quota. */
export interface Quota {
  readonly metric: string;
  readonly limit: number;
  readonly usage: number;
}

/** Machines that share cores count as two. */
const cores = (machineType: string): number => Number(/-(\d+)(-\d+)?(-ext)?$/.exec(machineType)?.[1] ?? 2);

/** What an environment's machines and disks take, where it is deployed and all of it runs at once. */
export function quotaNeeds({ spark }: Configuration): QuotaNeed[] {
  const needs: QuotaNeed[] = [];
  if (spark.kind === "serverless") needs.push({ metric: "CPUS", needed: 12, by: "the smallest serverless batch of Spark" });
  if (spark.kind === "cluster") {
    const { masters, workers, spotWorkers, masterMachineType, workerMachineType, diskGigabytes, diskType } = spark.cluster;
    const machines = masters + workers + spotWorkers;
    needs.push({
      metric: "CPUS",
      needed: masters * cores(masterMachineType) + (workers + spotWorkers) * cores(workerMachineType),
      by: "Spark's cluster",
    });
    const metric = diskType === "pd-standard" ? "DISKS_TOTAL_GB" : "SSD_TOTAL_GB";
    needs.push({ metric, needed: machines * diskGigabytes, by: "Spark's cluster" });
  }
  return needs;
}

/** Needs that don't fit into what a region has left, each with what is missing. */
export function shortages(needs: readonly QuotaNeed[], quotas: readonly Quota[]): (QuotaNeed & { readonly left: number })[] {
  const metrics = [...new Set(needs.map(({ metric }) => metric))];
  return metrics.flatMap((metric) => {
    const found = quotas.find((quota) => quota.metric === metric);
    const all = needs.filter((need) => need.metric === metric);
    const needed = all.reduce((sum, need) => sum + need.needed, 0);
    const left = found === undefined ? Infinity : found.limit - found.usage;
    return needed > left ? [{ metric, needed, left, by: all.map(({ by }) => by).join(", ") }] : [];
  });
}
