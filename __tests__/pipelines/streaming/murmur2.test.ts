import { murmur2, partitionOf } from "../../../pipelines/streaming/producer/murmur2";

describe("partitioner", () => {
  // Said by Utils.murmur2 of kafka-clients 4.1.0, and its toPositive modulo 6.
  test.each([
    ["", 275646681, 3],
    ["0", 971027396, 2],
    ["1", -1993445489, 3],
    ["42", 417700972, 4],
    ["132", -2012530835, 3],
    ["265", 161144682, 0],
    ["2019-03-01T17:00", 2122771579, 1],
    ["132|2019-03-01T17:00", -84143990, 0],
    ["ünïcode", -888566395, 1],
  ])("%p goes where Java sends it", (key, hash, partition) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
    expect(partitionOf(Buffer.from(key), 6)).toBe(partition);
  });
});
