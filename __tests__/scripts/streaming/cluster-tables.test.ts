import type { PartitionState } from "../../../scripts/streaming/cluster-state";
import { clusterTables, partitionsTable } from "../../../scripts/streaming/cluster-tables";

const partition = (leader: number, inSync: readonly number[], next = 1_500): PartitionState => ({
  leader,
  replicas: [1, 2, 3],
  inSync,
  first: 500,
  next,
  bytes: 3 * 2 ** 20,
});

const rides = { name: "trips.rides", partitions: [partition(1, [1, 2, 3]), partition(3, [1, 3]), partition(-1, [])] };

test("a topic's line shows who leads, which copies are missing, and how much there is", () => {
  const groups = [
    { name: "viewers", state: "STABLE", lag: [{ topic: "trips.rides", records: 12_345 }] },
    { name: "new", state: "EMPTY", lag: [] },
  ];

  expect(clusterTables({ brokers: [1, 3], topics: [rides], groups })).toBe(
    [
      "2 brokers: 1, 3",
      "",
      "topic        partitions  leaders              in sync  records  MiB",
      "───────────  ──────────  ───────────────────  ───────  ───────  ───",
      "trips.rides           3  none: 1, 1: 1, 3: 1  5 of 9     3,000    9",
      "",
      "group    state   topic           lag",
      "───────  ──────  ───────────  ──────",
      "viewers  stable  trips.rides  12,345",
      "new      empty",
    ].join("\n"),
  );
});

test("each partition has a line of its own", () => {
  expect(partitionsTable(rides).split("\n").slice(2)).toEqual([
    "0          1       1 2 3   1 2 3      500  1,500    1,000    3",
    "1          3       1 2 3   1 3        500  1,500    1,000    3",
    "2          none    1 2 3              500  1,500    1,000    3",
  ]);
});

test("a cluster that nobody has read from says so", () => {
  expect(clusterTables({ brokers: [1], topics: [], groups: [] })).toMatch(/^1 broker\n[\s\S]*\n\nNo group has consumed anything yet\.$/);
});
