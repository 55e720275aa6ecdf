import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClusterHere, clusterHere } from "./cluster";
import { sinkToLake } from "./sink-here";
import { describeStreaming } from "./tools";

describeStreaming("the lake sink, where one logs in", () => {
  let cluster: ClusterHere;
  const folder = mkdtempSync(join(tmpdir(), "lake-sink-"));
  const machine = () => cluster.machines[0]!;

  beforeAll(async () => {
    cluster = await clusterHere(1);
    await machine().boot();
    machine().start("trips-kafka.service");
    await machine().runToEnd("trips-kafka-apply.service");
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // Nothing here is Avro: no registry is asked.
  const sink = (properties: string) =>
    sinkToLake(
      { brokers: 1, bootstrapServers: machine().settings.BOOTSTRAP!, registryUrl: "http://127.0.0.1:1", connectUrl: "" },
      join(folder, "lake"),
      ["--client-properties", properties, "--patience-seconds", "20"],
    );

  test("as the user consumer it may do all that it does: read, put aside, commit", async () => {
    const bootstrap = ["--bootstrap-server", machine().settings.BOOTSTRAP!];
    const producer = ["--topic", "trips.rides", "--producer.config", machine().client("producer")];
    await machine().tool("ConsoleProducer", [...bootstrap, ...producer], "no Avro\n");

    const { code, output, errors } = await sink(machine().client("consumer"));
    expect({ code, errors: code === 0 ? "" : errors }).toEqual({ code: 0, errors: "" });
    expect(JSON.parse(output)).toMatchObject({ records: 1, rides: 0, dead_letters: 1, commits_failed: 0 });
  });

  test("as a user without the right, and with a wrong password, it says so", async () => {
    const refused = await sink(machine().client("producer"));
    expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining("this user has no right to it") as string });

    const wrong = join(folder, "wrong.properties");
    writeFileSync(wrong, readFileSync(machine().client("consumer"), "utf8").replace(/password="[^"]*"/, 'password="wrong"'));
    expect(await sink(wrong)).toMatchObject({ code: 1, errors: expect.stringContaining("Kafka doesn't let us in") as string });
  });
});
