import { copies } from "../../contracts/render/kafka";
import { SEGMENT_MEBIBYTES, type Topic, topics as allTopics } from "../../contracts/topics";

/** Brokers that make a majority worth its machines. */
export type BrokerCount = 1 | 3;

/** Kafka's own topics, what the stream application keeps, and Kafka's index files. */
const OWN_GIBIBYTES = 4;

/** A file system that is fuller than this is nearly full. */
const FULL_SHARE = 0.8;

const LEAST_MEMORY_GIBIBYTES = 4;

/**
 * MiB that go on the first machine to what runs beside its broker: heaps of registry 256, Connect 384, stream application 512, watch 64 and, at
 * times, topics and users 128 (`pipelines/streaming/broker/units`), and about 140 that each of the five takes besides its heap.
 */
const COMPANIONS_MEBIBYTES = 2048;

/** @throws Error when so many brokers make no majority, or one that costs more than it is worth. */
export function checkBrokers(brokers: number): asserts brokers is BrokerCount {
  if (brokers === 1 || brokers === 3) return;
  throw new Error(
    `${String(brokers)} brokers: write 1, or 3 so that one may fail. Controllers decide by majority: of 2 both are needed, and of 4 as many may fail as of 3.`,
  );
}

/** Smallest disk, in GB, that holds what the topics may keep in a cluster of as many brokers. */
export function leastDiskGigabytes(topics: readonly Topic[], brokers: number, replication: number): number {
  const mebibytes = topics.reduce((sum, { partitions, mebibytes: kept }) => sum + partitions * (kept + SEGMENT_MEBIBYTES), 0);
  const perBroker = (mebibytes * replication) / brokers / 1024;
  return Math.ceil((perBroker + OWN_GIBIBYTES) / FULL_SHARE);
}

/** What is wrong with the size of a broker's disk, and what to write instead; undefined where it is large enough. */
export function diskProblem(gigabytes: number, brokers: number, replication?: number, topics = allTopics): string | undefined {
  const least = leastDiskGigabytes(topics, brokers, copies(brokers, replication).replication);
  if (gigabytes >= least) return undefined;
  return `${String(gigabytes)} GB can't hold what the topics may keep: write ${String(least)} or more, or lower "mebibytes" in contracts/topics.ts.`;
}

/** GiB of memory of a machine type; undefined where it isn't known. */
export function memoryGibibytes(machineType: string): number | undefined {
  const shared: Readonly<Record<string, number>> = { "e2-micro": 1, "e2-small": 2, "e2-medium": 4 };
  const [, kind, cpus] = /^[a-z]\w+-(standard|highmem|highcpu)-(\d+)$/.exec(machineType) ?? [];
  const [, mebibytes] = /-custom-\d+-(\d+)/.exec(machineType) ?? [];
  if (mebibytes !== undefined) return Number(mebibytes) / 1024;
  if (kind === undefined) return shared[machineType];
  return Number(cpus) * { standard: 4, highmem: 8, highcpu: 1 }[kind as "standard" | "highmem" | "highcpu"];
}

/**
 * MiB of memory for a broker's own objects: a fourth of what is there for it; most of the rest is the system's, which keeps in it what is read and
 * written.
 *
 * @param broker From 1 up: the first one's machine runs more than the broker.
 * @throws Error when the machine is too small.
 */
export function heapMebibytes(machineType: string, broker: number): number {
  const memory = memoryGibibytes(machineType);
  if (memory !== undefined && memory < LEAST_MEMORY_GIBIBYTES) {
    throw new Error(
      `A broker on "${machineType}" would have ${String(memory)} GB of memory and needs ${String(LEAST_MEMORY_GIBIBYTES)}: write e2-medium or more.`,
    );
  }
  const companions = broker === 1 ? COMPANIONS_MEBIBYTES : 0;
  return Math.min(4096, Math.floor(((memory ?? LEAST_MEMORY_GIBIBYTES) * 1024 - companions) / 4));
}
