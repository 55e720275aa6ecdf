import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { kafkaJson } from "../../contracts/render/kafka";
import { readClientProperties } from "../../pipelines/streaming/client/client-properties";
import { partitionsOf } from "../../pipelines/streaming/client/cluster";
import { readToEnd } from "../../pipelines/streaming/consumer/read-to-end";
import { RecordSender } from "../../pipelines/streaming/producer/record-sender";
import { type ClusterHere, clusterHere, until } from "./cluster";
import { makeRides } from "./made-rides";
import { RidesTopic } from "./rides-topic";
import { describeStreaming } from "./tools";

const KAFKA = "trips-kafka.service";
const APPLY = "trips-kafka-apply.service";
const REGISTRY = "trips-registry.service";
const CONNECT = "trips-connect.service";
const WATCH = "trips-kafka-watch.service";
const STREAMS = "trips-streams.service";

describeStreaming("one broker, installed by its start-up script", () => {
  let cluster: ClusterHere;
  const machine = () => cluster.machines[0]!;
  const bootstrap = () => ["--bootstrap-server", machine().settings.BOOTSTRAP!];
  const produce = (user: string, topic: string, text: string) =>
    machine().tool("ConsoleProducer", [...bootstrap(), "--topic", topic, "--producer.config", machine().client(user)], `${text}\n`);
  const consume = (user: string, topic: string) =>
    machine().tool("consumer.ConsoleConsumer", [
      ...bootstrap(),
      ...["--topic", topic, "--group", "trips-test", "--consumer.config", machine().client(user)],
      ...["--from-beginning", "--max-messages", "1", "--timeout-ms", "20000"],
    ]);

  beforeAll(async () => {
    cluster = await clusterHere(1);
    await machine().boot();
    machine().start(KAFKA);
    await machine().runToEnd(APPLY);
  });
  afterAll(async () => {
    await cluster.stop();
  });

  test("the first start makes passwords and authority, and installs", () => {
    expect([...cluster.google.secrets.keys()].sort()).toEqual([
      "trips-kafka-admin",
      "trips-kafka-ca",
      "trips-kafka-ca-certificate",
      "trips-kafka-connect",
      "trips-kafka-consumer",
      "trips-kafka-producer",
      "trips-kafka-streams",
    ]);
    expect(cluster.google.newest("trips-kafka-ca-certificate")).not.toContain("PRIVATE KEY");
    expect(machine().started).toEqual([
      `${KAFKA} yes`,
      `${WATCH} yes`,
      `${APPLY} yes`,
      `${REGISTRY} yes`,
      `${CONNECT} yes`,
      `${STREAMS} yes`,
    ]);
  });

  test("another start changes nothing", async () => {
    const before = new Map([...cluster.google.secrets].map(([name, versions]) => [name, versions.length]));
    const certificate = readFileSync(machine().path("run/tls/machine.pem"), "utf8");

    expect(await machine().boot()).toBe("trips-streaming: broker 1 of 1 is installed.\n");

    expect(machine().started.filter((line) => line.endsWith("yes"))).toEqual([]);
    expect(new Map([...cluster.google.secrets].map(([name, versions]) => [name, versions.length]))).toEqual(before);
    expect(readFileSync(machine().path("run/tls/machine.pem"), "utf8")).toBe(certificate);
  });

  test("topics, users and rights are made once", async () => {
    const first = machine().log(APPLY);
    expect(first).toContain("topic trips.rides: made");
    expect(first).toContain("user producer: made");
    expect(first).toContain("right User:producer WRITE trips.rides: granted");

    expect((await machine().runToEnd(APPLY)).slice(first.length)).toBe("0 changes\n");
  });

  test("users do what they may, and nothing else; a wrong password is refused", async () => {
    expect(await produce("producer", "trips.rides", "a ride")).toBe("");
    expect(await consume("consumer", "trips.rides")).toContain("a ride");
    expect(await consume("producer", "trips.rides")).toContain("GroupAuthorizationException");
    expect(await produce("consumer", "trips.rides", "not mine")).toContain("TopicAuthorizationException");

    const password = cluster.google.newest("trips-kafka-producer");
    const wrong = machine().path("run/clients/wrong.properties");
    writeFileSync(wrong, readFileSync(machine().client("producer"), "utf8").replace(password, "guessed"));
    expect(await produce("wrong", "trips.rides", "a ride")).toContain("SaslAuthenticationException");
  });

  test("our producer and consumer log in by the same properties", async () => {
    const as = (user: string) => {
      const { bootstrapServers = "", ...security } = readClientProperties(machine().client(user));
      return { bootstrapServers, registryUrl: "", security };
    };
    const { signal } = new AbortController();
    const sender = new RecordSender({ cluster: as("producer"), topic: "trips.zones", partitions: 1, signal });
    sender.add({ key: Buffer.from("1"), value: Buffer.from("a zone") });
    await sender.drained();
    await sender.close();
    const read = [];
    for await (const { value } of readToEnd(as("consumer"), "trips.zones", signal)) read.push(value!.toString());
    expect(read).toEqual(["a zone"]);

    const { password } = as("producer").security.sasl!;
    const guessed = {
      ...as("producer"),
      security: { ...as("producer").security, sasl: { ...as("producer").security.sasl!, password: `${password}x` } },
    };
    await expect(partitionsOf(guessed, ["trips.zones"])).rejects.toThrow("refuses this user");
  });

  test("a new version of a password replaces the old one", async () => {
    cluster.google.secrets.get("trips-kafka-producer")!.push("a-new-password");
    await machine().boot();
    expect(machine().started).toContain(`${APPLY} yes`);
    expect(machine().started).toContain(`${KAFKA} no`);
    expect(await machine().runToEnd(APPLY)).toContain("user producer: new password");
    expect(await produce("producer", "trips.rides", "again")).toBe("");
  });

  test("the registry keeps schemas over a crash", async () => {
    const url = `http://127.0.0.1:${machine().settings.PORT_REGISTRY!}/apis/ccompat/v7`;
    const schema = JSON.stringify({ type: "record", name: "Ride", fields: [{ name: "zone", type: "int" }] });
    const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ schema }) };
    machine().start(REGISTRY);
    const { id } = await until(
      "a schema is registered",
      async () => (await (await fetch(`${url}/subjects/kept-value/versions`, post)).json()) as { id: number },
      (answer) => answer.id > 0,
    );

    await machine().kill(REGISTRY);
    machine().start(REGISTRY);

    const kept = await until(
      "the schema is there again",
      async () => (await (await fetch(`${url}/schemas/ids/${String(id)}`)).json()) as { schema: string },
      (answer) => answer.schema !== undefined,
    );
    expect(JSON.parse(kept.schema)).toEqual(JSON.parse(schema));
    await machine().kill(REGISTRY);
  });

  test("Connect logs in and answers", async () => {
    machine().start(CONNECT);
    const connectors = await until(
      "Connect answers",
      async () => (await fetch(`http://127.0.0.1:${machine().settings.PORT_CONNECT!}/connectors`)).json() as Promise<unknown>,
      Array.isArray,
    );
    expect(connectors).toEqual([]);
    await machine().kill(CONNECT);
  });

  test("lag and disk are told to Cloud Monitoring", async () => {
    machine().start(WATCH);
    await until(
      "something is written",
      () => Promise.resolve(cluster.google.written),
      ({ length }) => length > 1,
    );
    await machine().kill(WATCH);

    const values = Object.fromEntries(
      cluster.google.written.map(({ metric, points }) => [`${metric.type} ${Object.values(metric.labels)[0]}`, points[0].value]),
    );
    // Of the two records the group has read one.
    expect(values["custom.googleapis.com/trips/kafka_consumer_lag trips-test"]).toEqual({ int64Value: "1" });
    const { doubleValue } = values["custom.googleapis.com/trips/kafka_disk_used_share 1"];
    expect(doubleValue).toBeGreaterThan(0);
    expect(doubleValue).toBeLessThan(1);
  });

  test("the stream application logs in, counts a ride, and keeps its state where systemd says", async () => {
    machine().start(REGISTRY);
    machine().start(STREAMS);
    const registryUrl = `http://127.0.0.1:${machine().settings.PORT_REGISTRY!}/apis/ccompat/v7`;
    const as = (user: string) => {
      const { bootstrapServers = "", ...security } = readClientProperties(machine().client(user));
      return RidesTopic.of({ bootstrapServers, registryUrl, security });
    };
    const ride = { ...makeRides(1, 1, 1)[0]!, total_amount: 1250 };
    const producer = await as("producer");
    await producer.send([ride]);
    await producer.mark(ride.pickup_datetime);

    const consumer = await as("consumer");
    const [final] = await until(
      "the ride is counted",
      () => consumer.answers("trips.pickups-per-zone.final"),
      (hours) => hours.length > 0,
    );

    expect(final).toMatchObject({ pickup_zone_id: ride.pickup_zone_id, pickups: 1, revenue: ride.total_amount });
    expect(readdirSync(machine().path("state/trips-streams"))).toEqual(["trips-streams"]);
    await machine().kill(STREAMS, "SIGTERM");
    expect(machine().log(STREAMS)).toContain("Rides since the start: {counted=1");
    await machine().kill(REGISTRY);
  });

  test("what is described otherwise is changed; partitions are taken from nobody", async () => {
    const { topics, users } = kafkaJson(1);
    const changed = topics.map((topic) =>
      topic.name === "trips.rides" ? { ...topic, partitions: 8, configuration: { ...topic.configuration, "retention.ms": "1000" } } : topic,
    );
    await machine().boot({ topics: changed, users: users.filter(({ name }) => name !== "connect") });
    expect(machine().started).toContain(`${APPLY} yes`);
    const before = machine().log(APPLY);
    const said = (await machine().runToEnd(APPLY)).slice(before.length).split("\n");
    expect(said).toContain("topic trips.rides: 8 partitions instead of 6");
    expect(said).toContain("topic trips.rides: SET retention.ms");
    expect(said).toContain("user connect: deleted");
    expect(said).toContain("right User:connect ALL connect-*: taken away");

    await machine().boot();
    await expect(machine().runToEnd(APPLY)).rejects.toThrow("Topic trips.rides has 8 partitions, and Kafka takes none away: write 8");
  });

  test("an application that doesn't compile stops nothing else, and what runs of it keeps its classes", async () => {
    const classes = machine().path("home/application-classes/streams/Main.class");
    const before = readFileSync(classes);

    const said = await machine().boot(undefined, { "src/streams/Broken.java": "package streams; class Broken { missing }" });

    expect(said).toContain("the stream application can't be installed; what runs of it goes on.");
    expect(said).toContain("broker 1 of 1 is installed.");
    expect(machine().started).toContain(`${KAFKA} no`);
    expect(readFileSync(classes)).toEqual(before);
  });

  test("a disk of another cluster is refused", async () => {
    machine().settings.CLUSTER_ID = "another-cluster-22chars";
    await expect(machine().boot()).rejects.toThrow(/holds cluster .*, not another-cluster-22chars/);
  });

  test("no password is in what the machine is described by, in units, logs or properties outside memory", async () => {
    const secrets = [...cluster.google.secrets]
      .filter(([name]) => name !== "trips-kafka-ca-certificate")
      .flatMap(([, versions]) => versions);
    const files = () =>
      ["home", "units", "data"].flatMap((folder) =>
        readdirSync(machine().path(folder), { recursive: true })
          .map((name) => machine().path(folder, String(name)))
          .filter((path) => statSync(path).isFile() && !/\.(jar|gz|class)$/.test(path)),
      );
    const logs = readdirSync(machine().folder)
      .filter((name) => /log$|script$/.test(name))
      .map((name) => machine().path(name));
    await machine().stop();
    const found = [...files(), ...logs].filter((path) => {
      const text = readFileSync(path, "latin1");
      return secrets.some((secret) => text.includes(secret));
    });
    expect(found).toEqual([]);
  });
});
