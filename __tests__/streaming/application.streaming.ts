import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runningServices } from "../../embedded/engines/kafka/stop";
import { compileStreams } from "../../scripts/streaming/compile-streams";
import { until } from "./cluster";
import { type KafkaHere, kafkaHere } from "./kafka-here";
import { describeStreaming, tools } from "./tools";

describeStreaming("the stream application as a service of the engine", () => {
  let kafka: KafkaHere;
  let classes: string;

  beforeAll(async () => {
    kafka = await kafkaHere();
    classes = await compileStreams(tools(), join(kafka.folder, "classes"));
  });
  afterAll(() => kafka.remove());

  const start = (folder: string) => kafka.engine.startApplication({ classes: folder, main: "streams.Main" });

  test("whether Kafka runs can be seen without starting it", async () => {
    expect(await kafka.engine.isRunning()).toBe(false);
    expect(runningServices(kafka.folder)).toEqual([]);

    await kafka.engine.start();
    expect(await kafka.engine.isRunning()).toBe(true);
  });

  test("the same is left alone; one of other classes finishes, and gives way", async () => {
    const first = await start(classes);
    const { log } = kafka.engine.application;
    const said = () => Promise.resolve(readFileSync(log, "utf8"));
    await until("it runs", said, (text) => /^RUNNING$/m.test(text));
    expect(await start(classes)).toEqual(first);

    const others = join(kafka.folder, "other-classes");
    cpSync(classes, others, { recursive: true });
    const second = await start(others);

    expect(second?.pid).not.toBe(first?.pid);
    expect(runningServices(kafka.folder)).toContainEqual({ name: "kafka-streams", pid: second?.pid });
    expect(readFileSync(log.replace(".log", ".previous.log"), "utf8")).toContain("Rides since the start: ");
  });
});
