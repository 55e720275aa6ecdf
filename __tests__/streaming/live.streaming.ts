import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { readRunning } from "../../embedded/engines/kafka/running-file";
import { avroType, nowMicros, renderedSchema, type ZoneHour } from "../../pipelines/streaming/avro/schemas";
import { SchemaRegistry } from "../../pipelines/streaming/avro/schema-registry";
import { toWire } from "../../pipelines/streaming/avro/wire-format";
import type { Cluster } from "../../pipelines/streaming/client/cluster";
import { follow } from "../../pipelines/streaming/consumer/follow";
import { RecordSender } from "../../pipelines/streaming/producer/record-sender";
import { replay } from "../../pipelines/streaming/producer/replay";
import { launchBrowser } from "../pipelines/dashboard/browser";
import { cleanMonth } from "./clean-month";
import { until } from "./cluster";
import { freePorts } from "./free-ports";
import { type KafkaHere, kafkaHere } from "./kafka-here";
import { describeStreaming } from "./tools";

const ROOT = join(__dirname, "../..");
const HOUR = 3_600_000_000;

describeStreaming("live page of a running cluster", () => {
  const never = new AbortController().signal;
  let kafka: KafkaHere;
  let cluster: Cluster;
  let browser: Browser;
  let page: Page;
  let server: ChildProcess;
  let said = "";

  beforeAll(async () => {
    kafka = await kafkaHere();
    [cluster, browser] = await Promise.all([kafka.engine.start(), launchBrowser()]);
    const [port = 0] = await freePorts(1);
    const where = ["--bootstrap", cluster.bootstrapServers, "--registry", cluster.registryUrl, "--port", String(port)];
    server = spawn(process.execPath, ["--import", "tsx", join(ROOT, "scripts/commands/live.ts"), ...where], { cwd: ROOT });
    for (const stream of [server.stdout, server.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await until(
      "it is served",
      () => Promise.resolve(said),
      (text) => text.includes(`✓ http://127.0.0.1:${String(port)}/`),
    );
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${String(port)}/`);
  });
  afterAll(async () => {
    server.kill("SIGKILL");
    await browser.close();
    await kafka.remove();
  });

  const shows = (text: string | RegExp, selector = "body") =>
    page.locator(selector, { hasText: text }).first().waitFor({ timeout: 60_000 });
  const updates = async (topic: string, ...hours: Partial<ZoneHour>[]) => {
    const schema = renderedSchema("zone_hour");
    const id = await new SchemaRegistry({ url: cluster.registryUrl }).register(topic, schema);
    const sender = new RecordSender({ cluster, topic, partitions: 6, signal: never });
    for (const hour of hours) {
      const now = nowMicros();
      const told = {
        pickup_zone_id: 132,
        borough: "Queens",
        zone: "JFK Airport",
        pickups: 1,
        revenue: 0,
        ride_produced_at: now,
        updated_at: now,
      };
      const start = Date.UTC(2020, 2, 1, 17) * 1000;
      const value = toWire(avroType(schema), id, { ...told, window_start: start, window_end: start + HOUR, ...hour });
      sender.add({ key: Buffer.from(String(hour.pickup_zone_id ?? 132)), value });
    }
    await sender.drained();
    await sender.close();
  };

  test("an empty cluster: nothing flows, but topics have leaders", async () => {
    await shows("Nothing flows just now", "#status");
    await shows("Broker 1", "#brokers");
    expect(await page.locator("#partitions tbody tr").count()).toBe(18);
    expect(await page.locator("#partitions .behind").count()).toBe(0);
  });

  test("rides, updates with their latency, finals and lag of a group", async () => {
    const rides = await cleanMonth(kafka.folder, 20_000);
    const stop = new AbortController();
    let read = 0;
    const following = follow({
      ...{ cluster, topic: "trips.rides", group: "trips-watched", fromBeginning: true, signal: stop.signal },
      onRecord: () => (read += 1),
    });
    const sending = replay({ rides, cluster, signal: never, rate: 4_000 });
    await shows("Events flow", "#status");
    await page.waitForFunction(() => Number(document.querySelector('[data-tile="rides"] .value')?.textContent?.replace(",", "")) > 1000);
    await sending;
    await until(
      "all is read",
      () => Promise.resolve(read),
      (count) => count === 20_006,
    );
    await shows(/trips-watched\s*trips\.rides/, "#groups tbody tr");
    stop.abort();
    await following;

    const manhattan = { pickup_zone_id: 237, borough: "Manhattan", zone: "Upper East Side South" };
    await updates("trips.pickups-per-zone", { pickups: 3 }, { pickups: 5 }, { ...manhattan, pickups: 9 });
    await shows(/Upper East Side South\s*9/, "#zones li:nth-child(1)");
    await shows(/JFK Airport\s*5/, "#zones li:nth-child(2)");
    await shows(/^\d+ ms$|^\d\.\d s$/, '[data-tile="p99"] .value');
    await updates("trips.pickups-per-zone.final", { ...manhattan, pickups: 9 });
    await shows(/2020-03-01 17:00\s*14\s*2\s*1/, "#window-table tbody tr");
  });

  test("a broker that is killed, and comes back", async () => {
    process.kill(readRunning(kafka.folder)!.pids["kafka-1"]!, "SIGKILL");
    await shows("No broker answers at", "#status");
    expect(await page.locator("body.stale").count()).toBe(1);
    await kafka.engine.start();
    await shows("Nothing flows just now", "#status");
    await updates("trips.pickups-per-zone", { pickups: 6 });
    await shows(/JFK Airport\s*6/, "#zones li");
  });

  test("Ctrl-C ends it, and the page says so", async () => {
    server.kill("SIGINT");
    await shows("The server of this page doesn't answer", "#status");
    await until(
      "it has ended",
      () => Promise.resolve(server.exitCode),
      (code) => code !== null,
    );
    expect(said).not.toContain("Error");
  });
});
