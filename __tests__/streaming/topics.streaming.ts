import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { KafkaTopic } from "../../contracts/render/kafka";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { applyTopics } from "../../embedded/engines/kafka/topics";
import { compileJava } from "../../scripts/streaming/compile-streams";
import { type KafkaHere, kafkaHere } from "./kafka-here";
import { describeStreaming, tools } from "./tools";

const MACHINES = resolve(__dirname, "../../pipelines/streaming/broker/src/main/java");

/** Makes topics as described; answers with what it changed. */
type Apply = (topics: readonly KafkaTopic[]) => Promise<string[]>;

const topic = (name: string, partitions: number, configuration: Record<string, string> = {}): KafkaTopic => ({
  name,
  partitions,
  replication: 1,
  configuration,
});

/** Topics of an earlier description, and of a later one. */
const earlier = (prefix: string) => [
  topic(`${prefix}.same`, 2, { "retention.ms": "1000" }),
  topic(`${prefix}.grown`, 2),
  topic(`${prefix}.configured`, 1, { "retention.ms": "1000", "segment.bytes": "1048576" }),
  topic(`${prefix}.forgotten`, 1),
];
const later = (prefix: string) => [
  topic(`${prefix}.same`, 2, { "retention.ms": "1000" }),
  topic(`${prefix}.grown`, 5),
  topic(`${prefix}.configured`, 1, { "retention.ms": "2000", "cleanup.policy": "compact" }),
  topic(`${prefix}.new`, 3, { "cleanup.policy": "compact" }),
];

describeStreaming("topics are made here as they are on machines", () => {
  let kafka: KafkaHere;
  let cluster: KafkaAddresses;
  let java: Apply;
  const typescript: Apply = (topics) => applyTopics(cluster.bootstrapServers, topics);

  beforeAll(async () => {
    kafka = await kafkaHere();
    cluster = await kafka.engine.start();
    java = await onMachines(kafka.folder, cluster);
  });
  afterAll(() => kafka.remove());

  test("both change the same, and then find nothing to be changed in what the other made", async () => {
    const told: string[][] = [];
    for (const [prefix, apply] of [["here", typescript] as const, ["machine", java] as const]) {
      await apply(earlier(prefix));
      told.push((await apply(later(prefix))).map((line) => line.replace(`${prefix}.`, "").replace(/(SET|DELETE) /, "")).sort());
    }

    expect(told[0]).toEqual([
      "topic configured: cleanup.policy",
      "topic configured: retention.ms",
      "topic configured: segment.bytes",
      "topic grown: 5 partitions instead of 2",
      "topic new: made",
    ]);
    expect(told[1]).toEqual(told[0]);
    expect([await java(later("here")), await typescript(later("machine"))]).toEqual([[], []]);
  });

  test.each([
    ["fewer partitions", { partitions: 1 }, "has 2 partitions, and Kafka takes none away"],
    ["another number of copies", { replication: 3 }, "has 1 copies, not 3: Kafka moves copies only by kafka-reassign-partitions"],
  ])("both refuse %s", async (_what, change, message) => {
    const wanted = [{ ...topic("refused", 2), ...change }];
    await typescript([topic("refused", 2)]);

    await expect(typescript(wanted)).rejects.toThrow(`Topic refused ${message}`);
    await expect(java(wanted)).rejects.toThrow(`Topic refused ${message}`);
  });
});

async function onMachines(folder: string, { bootstrapServers }: KafkaAddresses): Promise<Apply> {
  const [program, test] = [join(folder, "broker-classes"), join(folder, "test-classes")];
  for (const classes of [program, test]) mkdirSync(classes);
  await compileJava(tools(), { sources: MACHINES, classes: program });
  await compileJava(tools(), { sources: join(__dirname, "topics"), classes: test, classPath: [program] });
  const settings = ["-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"];
  const path = [test, program, join(tools().libs, "*")].join(":");
  return async (topics) => {
    const command = [...settings, "-cp", path, "broker.TopicsAlone", bootstrapServers, JSON.stringify(topics)];
    const { stdout } = await promisify(execFile)(tools().java, command);
    return stdout.split("\n").filter((line) => line !== "");
  };
}
