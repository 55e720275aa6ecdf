import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { runningServices } from "../../embedded/engines/kafka/stop";
import { until } from "./cluster";
import { type KafkaHere, kafkaHere } from "./kafka-here";
import { received, send } from "./records";
import { describeStreaming } from "./tools";

const MEBIBYTES = 96;

/** A small disk at the folder's place; undefined where none can be had, which only root can. */
function smallDisk(folder: string): (() => void) | undefined {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${String(MEBIBYTES)}m`, "tmpfs", folder], { encoding: "utf8" });
  if (mounted.status !== 0) {
    console.warn(`SKIPPED: a full disk, for none can be mounted here: ${mounted.stderr || String(mounted.error)}`);
    return undefined;
  }
  return () => spawnSync("umount", ["--lazy", folder]);
}

/** Writes until nothing more can be. */
function fill(folder: string): string {
  const file = join(folder, "ballast");
  const ballast = openSync(file, "w");
  try {
    for (;;) writeSync(ballast, Buffer.alloc(4096));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
  } finally {
    closeSync(ballast);
  }
  return file;
}

describeStreaming("Kafka of the embedded cloud on a small disk", () => {
  const folder = mkdtempSync(join(tmpdir(), "kafka-disk-"));
  const unmount = smallDisk(join(folder, "kafka/1"));
  const testOnDisk = unmount ? test : test.skip;
  let kafka: KafkaHere;
  let cluster: KafkaAddresses;

  beforeAll(async () => {
    if (!unmount) return;
    kafka = await kafkaHere(1, folder);
    cluster = await kafka.engine.start();
  });
  afterAll(async () => {
    if (unmount) await kafka.engine.stop();
    unmount?.();
    rmSync(folder, { recursive: true, force: true });
  });

  testOnDisk("a full disk is told, and with room all that was acknowledged is there", async () => {
    const texts = Array.from({ length: 50 }, (_none, index) => `ride ${String(index)}`);
    await send(cluster, "trips.rides", 0, texts);

    const ballast = fill(join(folder, "kafka/1"));
    expect(statfsSync(join(folder, "kafka/1")).bavail).toBe(0);
    const refused = send(cluster, "trips.rides", 1, ["x".repeat(500_000)]).then(
      () => "taken",
      () => "refused",
    );
    const broker = () => Promise.resolve(runningServices(folder).some(({ name }) => name === "kafka-1"));
    await until("the broker has ended", broker, (runs) => !runs);
    expect(await refused).toBe("refused");
    await expect(kafka.engine.start()).rejects.toThrow(
      /^The disk is full: kafka-(1|registry) ended, for it can't write to .*\/kafka\/1\/(broker-1\/log|registry) \(0 MiB are free\)\.\nFree some space and repeat: nothing acknowledged is lost\.$/,
    );

    rmSync(ballast);
    await kafka.engine.start();
    expect(await received(cluster, "trips.rides")).toEqual(texts);
  });

  testOnDisk("so it is where not even a lock can be written", async () => {
    const other = await kafkaHere();
    const release = smallDisk(join(other.folder, "kafka"));
    try {
      fill(join(other.folder, "kafka"));
      await expect(other.engine.start()).rejects.toThrow(
        `The disk is full: nothing can be written to ${other.folder}/kafka (0 MiB are free).`,
      );
    } finally {
      release?.();
      await other.remove();
    }
  });
});
