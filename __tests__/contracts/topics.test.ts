import { kafkaUsers } from "../../contracts/kafka-users";
import { copies, kafkaJson } from "../../contracts/render/kafka";
import { topics } from "../../contracts/topics";

test.each([1, 3])(
  "with %p brokers no topic has more copies than brokers, and one copy may be missing where there are several",
  (brokers) => {
    for (const { name, replication, configuration } of kafkaJson(brokers).topics) {
      expect({ name, fits: replication <= brokers }).toEqual({ name, fits: true });
      const inSync = Number(configuration["min.insync.replicas"]);
      expect({ name, inSync: inSync >= 1 && inSync <= Math.max(1, replication - 1) }).toEqual({ name, inSync: true });
    }
  },
);

test.each([
  [1, 3, 1, 1],
  [3, 3, 3, 2],
  [3, 2, 2, 1],
  [3, 1, 1, 1],
])("%p brokers and %p wanted copies make %p, of which %p must have a record", (brokers, wanted, replication, inSync) => {
  expect(copies(brokers, wanted)).toEqual({ replication, inSync });
});

test("a topic that deletes says when, one that compacts doesn't", () => {
  for (const { name, cleanup, retentionHours } of topics)
    expect({ name, says: retentionHours !== undefined }).toEqual({ name, says: cleanup === "delete" });
  const rendered = Object.fromEntries(kafkaJson(3).topics.map(({ name, configuration }) => [name, configuration]));
  expect(rendered["trips.rides"]).toMatchObject({ "retention.ms": "604800000", "retention.bytes": "536870912" });
  expect(rendered["trips.zones"]).not.toHaveProperty("retention.ms");
});

test("what rights name is a topic that there is, or belongs to an application", () => {
  const names = topics.map(({ name }) => name);
  const rights = kafkaUsers.flatMap((user) => user.rights).filter(({ type, name }) => type === "TOPIC" && !name.endsWith("*"));
  expect(rights.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
});
