import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { withAdmin } from "../../embedded/engines/kafka/topics";
import { PostgresServer, reconcilePostgres } from "../../embedded/engines/postgres/postgres";
import { EmbeddedPaths } from "../../embedded/paths";
import { Connectors } from "../../pipelines/streaming/connect/connectors";
import { ZONE_HOURS_SINK } from "../../pipelines/streaming/connect/zone-hours-sink";
import { clusterState } from "../../scripts/streaming/cluster-state";
import { type PostgresHere, sinkZoneHours } from "../../scripts/streaming/connect-sinks";
import { until } from "./cluster";
import { freePorts } from "./free-ports";
import { kafkaHere, type KafkaHere } from "./kafka-here";
import { runPython } from "./sink-here";
import { describeStreaming } from "./tools";

const root = resolve(__dirname, "../..");
const PASSWORD = "s3cret-of-the-test";

describeStreaming("final results from Kafka to Postgres, by Connect", () => {
  let kafka: KafkaHere;
  let addresses: KafkaAddresses;
  let postgres: PostgresHere;
  let paths: EmbeddedPaths;
  let server: PostgresServer;

  beforeAll(async () => {
    kafka = await kafkaHere();
    // One of their own, since the server of root's tests runs as somebody else.
    const folder = mkdtempSync(join(tmpdir(), "connect-postgres-"));
    paths = new EmbeddedPaths(folder, "dev");
    const passwordFile = join(kafka.folder, "postgres-password");
    writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
    const [port = 0] = await freePorts(1);
    postgres = { host: "127.0.0.1", port, database: "trips", user: "taxi", passwordFile };
    const versions = join(root, ".embedded/postgres");
    const binaries = join(versions, readdirSync(versions).sort().at(-1) ?? "");
    mkdirSync(paths.folder, { recursive: true });
    server = new PostgresServer({ ...postgres, container: "postgres", volume: "data" }, paths, binaries);
    const [started] = await Promise.all([kafka.engine.startConnect(), server.start()]);
    addresses = started;
    await query(readFileSync(join(root, "pipelines/streaming/connect/zone_hours.sql"), "utf8"));
  });
  afterAll(async () => {
    await kafka.remove();
    await reconcilePostgres([], paths);
    rmSync(resolve(paths.folder, ".."), { recursive: true, force: true });
  });

  test("each zone's hour is a row, which a later result replaces; no password is in the configuration", async () => {
    await produce("--pickups", "3", "--poison");
    await sinkZoneHours(addresses, postgres);
    const first = await until("six rows are there", rows, (there) => there.length === 6);
    expect(first[0]).toEqual([
      "132",
      "Queens",
      "St. John's",
      "2019-03-01 00:00:00",
      "2019-03-01 01:00:00",
      "3",
      "30.15",
      "2026-01-01 12:00:01.123",
    ]);
    expect(first[4]).toEqual([
      "264",
      "None",
      "None",
      "2019-03-01 00:00:00",
      "2019-03-01 01:00:00",
      "3",
      "30.15",
      "2026-01-01 12:00:01.123",
    ]);

    await produce("--pickups", "3");
    await produce("--pickups", "7");
    const second = await until("all rows have been replaced", rows, (there) => there.every((row) => row[5] === "7"));
    expect(second).toHaveLength(6);

    const shown = await (await fetch(`${addresses.connectUrl}/connectors/${ZONE_HOURS_SINK}`)).text();
    expect(shown).toContain("postgres-password");
    expect(shown).not.toContain(PASSWORD);
  });

  test("its lag is seen beside that of other groups; its workers are no consumers", async () => {
    const { groups } = await withAdmin(addresses.bootstrapServers, clusterState);
    expect(groups.map(({ name }) => name)).toContain("connect-zone-hours");
    expect(groups.map(({ name }) => name)).not.toContain("connect-trips");
  });

  test("what can't be read is put aside, and said where from", async () => {
    const letters = await until("the dead letter is there", deadLetters, (there) => there.length > 0);
    expect(letters[0]).toMatchObject({ value: "poison", headers: { "__connect.errors.topic": "trips.pickups-per-zone.final" } });
  });

  test("with Postgres stopped it waits, and goes on when that is back; applied again, it goes on, too", async () => {
    await server.stop();
    await produce("--pickups", "9");
    const connectors = new Connectors(addresses.connectUrl);
    await until(
      "it notices",
      () => connectors.status(ZONE_HOURS_SINK),
      (status) => status?.tasks.some(({ state }) => state === "FAILED") ?? false,
    );
    await server.start();
    await sinkZoneHours(addresses, postgres);
    await until("the rows have come", rows, (there) => there.every((row) => row[5] === "9"));
  });

  const produce = (...options: string[]) =>
    runPython([
      resolve(root, "pipelines/streaming/sinks/tests/make_zone_hours.py"),
      ...["--bootstrap", addresses.bootstrapServers, "--registry", addresses.registryUrl, ...options],
    ]);

  const rows = async (): Promise<string[][]> =>
    JSON.parse(
      await query(
        `select pickup_zone_id, borough, zone, window_start, window_end, pickups, revenue, to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')
         from streaming.zone_hours order by 1, 4`,
      ),
    ) as string[][];

  const query = (sql: string) =>
    runPython([
      "-c",
      `
import json, psycopg, sys
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    cursor = connection.execute(sys.argv[2])
    print(json.dumps([[str(value) for value in row] for row in cursor.fetchall()] if cursor.description else []))
`,
      `postgresql://taxi:${PASSWORD}@127.0.0.1:${String(postgres.port)}/trips`,
      sql,
    ]);

  const deadLetters = async () =>
    JSON.parse(
      await runPython([
        "-c",
        `
import json, sys
from confluent_kafka import Consumer, TopicPartition
consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": "trips-test", "enable.partition.eof": True})
consumer.assign([TopicPartition("trips.dead-letter", 0, 0)])
letters = []
while (message := consumer.poll(30)) is not None and message.error() is None:
    headers = {name: value.decode(errors="replace") for name, value in message.headers() or []}
    letters.append({"value": message.value().decode(errors="replace"), "headers": headers})
print(json.dumps(letters))
`,
        addresses.bootstrapServers,
      ]),
    ) as { value: string; headers: Record<string, string> }[];
});
