import { type Cell, table } from "../terminal/table";
import type { ClusterState, PartitionState, TopicState } from "./cluster-state";

const MEBIBYTE = 2 ** 20;

/** Topics, a line each, and how far consumer groups have come. */
export function clusterTables({ brokers, topics, groups }: ClusterState): string {
  const list = brokers.length === 1 ? "1 broker" : `${String(brokers.length)} brokers: ${brokers.join(", ")}`;
  const header = ["topic", "partitions", "leaders", "in sync", "records", "MiB"];
  return [list, table(header, topics.map(topicRow)), groups.length > 0 ? groupsTable(groups) : "No group has consumed anything yet."].join(
    "\n\n",
  );
}

/** One topic, a line for each partition. */
export const partitionsTable = ({ partitions }: TopicState): string =>
  table(["partition", "leader", "copies", "in sync", "first", "next", "records", "MiB"], partitions.map(partitionRow));

function topicRow({ name, partitions }: TopicState): Cell[] {
  const leaders = [...new Set(partitions.map(({ leader }) => leader))].sort();
  const led = leaders.map(
    (leader) => `${leader > 0 ? String(leader) : "none"}: ${String(partitions.filter((of) => of.leader === leader).length)}`,
  );
  const copies = sum(partitions, ({ replicas }) => replicas.length);
  const whole = sum(partitions, ({ inSync }) => inSync.length);
  return [
    name,
    partitions.length,
    led.join(", "),
    `${String(whole)} of ${String(copies)}`,
    sum(partitions, records),
    mebibytes(sum(partitions, ({ bytes }) => bytes)),
  ];
}

const partitionRow = (partition: PartitionState, index: number): Cell[] => [
  String(index),
  partition.leader > 0 ? String(partition.leader) : "none",
  partition.replicas.join(" "),
  partition.inSync.join(" "),
  partition.first,
  partition.next,
  records(partition),
  mebibytes(partition.bytes),
];

const groupsTable = (groups: ClusterState["groups"]): string =>
  table(
    ["group", "state", "topic", "lag"],
    groups.flatMap(({ name, state, lag }): Cell[][] =>
      lag.length === 0
        ? [[name, state.toLowerCase(), "", ""]]
        : lag.map(({ topic, records: behind }) => [name, state.toLowerCase(), topic, behind]),
    ),
  );

const records = ({ first, next }: PartitionState): number => next - first;

const mebibytes = (bytes: number): number => Math.round((bytes / MEBIBYTE) * 10) / 10;

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number => items.reduce((total, item) => total + of(item), 0);
