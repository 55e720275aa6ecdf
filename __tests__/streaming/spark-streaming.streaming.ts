import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { until } from "./cluster";
import { kafkaHere, type KafkaHere } from "./kafka-here";
import { ask, type MadeRides, makeRides } from "./sink-here";
import { describeStreaming } from "./tools";

const root = resolve(__dirname, "../..");
const python = resolve(root, ".embedded/python/spark/bin/python");
const sources = ["pipelines/streaming/spark/src", "pipelines/spark/src"].map((path) => resolve(root, path));

describeStreaming("the stream's question, asked by Spark Structured Streaming", () => {
  let kafka: KafkaHere;
  let addresses: KafkaAddresses;
  let made: MadeRides;
  let output: string;

  beforeAll(async () => {
    kafka = await kafkaHere();
    addresses = await kafka.engine.start();
    made = await makeRides(addresses, "--count", "6000", "--seed", "11", "--twice", "0.1", "--poison", "3", "--marks", "6");
    output = mkdtempSync(join(tmpdir(), "spark-streaming-"));
  });
  afterAll(async () => {
    await kafka.remove();
    rmSync(output, { recursive: true, force: true });
  });

  test("killed between two micro-batches and begun again, it answers as SQL over the rides does, to the cent", async () => {
    const first = answerBySpark(["--batch-records", "1500"]);
    await until(
      "the first micro-batch is written",
      () => Promise.resolve(finals()),
      (there) => there.length > 0,
    );
    if (first.spark.pid !== undefined) process.kill(-first.spark.pid, "SIGKILL");
    await first.ended;

    const { code, output: said, errors } = await answerBySpark().ended;
    expect({ code, errors: code === 0 ? "" : errors }).toEqual({ code: 0, errors: "" });
    expect(JSON.parse(said)).toMatchObject({ late: 0 });

    const answer = await ask<{ zone_hour: string; pickups: number; revenue: string }>(
      `select pickup_zone_id || '|' || strftime(window_start, '%Y-%m-%dT%H:%M') as zone_hour, pickups, revenue::varchar as revenue
       from read_parquet('${output}/finals/*/*.parquet')`,
    );
    expect(answer).toHaveLength(Object.keys(made.zone_hours).length);
    expect(Object.fromEntries(answer.map(({ zone_hour, pickups, revenue }) => [zone_hour, [pickups, revenue]]))).toEqual(made.zone_hours);
  });

  const finals = (): string[] => (existsSync(join(output, "finals")) ? readdirSync(join(output, "finals")) : []);

  function answerBySpark(options: readonly string[] = []) {
    const address = ["--bootstrap", addresses.bootstrapServers, "--registry", addresses.registryUrl];
    // A group of its own: Spark is a process of Java's below the one of Python's.
    const spark = spawn(python, ["-m", "stream_spark", ...address, "--output", output, ...options], {
      env: { ...process.env, PYTHONPATH: sources.join(delimiter) },
      detached: true,
    });
    let [said, errors] = ["", ""];
    spark.stdout.on("data", (text: Buffer) => (said += text.toString()));
    spark.stderr.on("data", (text: Buffer) => (errors += text.toString()));
    const ended = new Promise<{ code: number | null; output: string; errors: string }>((done) =>
      spark.once("close", (code) => {
        done({ code, output: said, errors });
      }),
    );
    return { spark, ended };
  }
});
