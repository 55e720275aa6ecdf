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

/** GB of the disk that a machine of ours boots from, which is a pd-balanced one. */
const BOOT_GIGABYTES = 20;

interface Disk {
  readonly gigabytes: number;
  readonly type: string;
}

/** What some equal machines take, each with a disk for its data besides the one that it boots from. */
function machines(by: string, count: number, machineType: string, { gigabytes, type }: Disk): QuotaNeed[] {
  const disks = [
    { gigabytes: BOOT_GIGABYTES, type: "pd-balanced" },
    { gigabytes, type },
  ];
  return [
    { metric: "CPUS", needed: count * cores(machineType), by },
    ...disks.map((disk) => ({ metric: diskMetric(disk.type), needed: count * disk.gigabytes, by })),
  ];
}

const diskMetric = (type: string): string => (type === "pd-standard" ? "DISKS_TOTAL_GB" : "SSD_TOTAL_GB");

/** What an environment's machines and disks take, where it is deployed and all of it runs at once. */
export const quotaNeeds = (configuration: Configuration): QuotaNeed[] => [
  ...sparkNeeds(configuration),
  ...airflowNeeds(configuration),
  ...kafkaNeeds(configuration),
];

function airflowNeeds({ orchestration: { kind, vm } }: Configuration): QuotaNeed[] {
  return kind === "vm" ? machines("Airflow's machine", 1, vm.machineType, { gigabytes: vm.diskGigabytes, type: "pd-balanced" }) : [];
}

function kafkaNeeds({ streaming: { kind, kafka } }: Configuration): QuotaNeed[] {
  const { brokers, machineType, diskGigabytes, diskType } = kafka;
  return kind === "kafka" ? machines("Kafka's brokers", brokers, machineType, { gigabytes: diskGigabytes, type: diskType }) : [];
}

function sparkNeeds({ spark }: Configuration): QuotaNeed[] {
  const needs: QuotaNeed[] = [];
  if (spark.kind === "serverless") needs.push({ metric: "CPUS", needed: 12, by: "the smallest serverless batch of Spark" });
  if (spark.kind === "cluster") {
    const { masters, workers, spotWorkers, masterMachineType, workerMachineType, diskGigabytes, diskType } = spark.cluster;
    needs.push({
      metric: "CPUS",
      needed: masters * cores(masterMachineType) + (workers + spotWorkers) * cores(workerMachineType),
      by: "Spark's cluster",
    });
    needs.push({ metric: diskMetric(diskType), needed: (masters + workers + spotWorkers) * diskGigabytes, by: "Spark's cluster" });
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
    return needed > left ? [{ metric, needed, left, by: [...new Set(all.map(({ by }) => by))].join(", ") }] : [];
  });
}
