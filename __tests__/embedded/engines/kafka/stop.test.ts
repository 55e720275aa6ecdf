import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeEverything, stopEngines } from "../../../../embedded/engines/engines";
import { isRunning } from "../../../../embedded/engines/kafka/process-mark";
import { Service } from "../../../../embedded/engines/kafka/service";
import { EmbeddedPaths } from "../../../../embedded/paths";

const ENDLESS = { command: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"] };

let root: string;
let paths: EmbeddedPaths;

const start = (...names: string[]) =>
  names.map((name) => {
    const service = new Service(name, paths.folder);
    service.start(ENDLESS);
    return service.running()!;
  });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stop-"));
  paths = new EmbeddedPaths(root, "dev");
});
afterEach(async () => {
  await stopEngines(paths);
  rmSync(root, { recursive: true });
});

test("npm run down stops all of Kafka, and says what it was", async () => {
  const processes = start("kafka-1", "kafka-2", "kafka-registry", "kafka-connect", "kafka-streams");

  expect(await stopEngines(paths)).toEqual(["Kafka broker 1", "Kafka broker 2", "Connect", "schema registry", "stream application"]);

  expect(processes.filter(isRunning)).toEqual([]);
  expect(await stopEngines(paths)).toEqual([]);
});

test("what is destroyed leaves neither a process nor a file", async () => {
  const processes = start("kafka-1");

  await removeEverything(paths);

  expect(processes.filter(isRunning)).toEqual([]);
  expect(existsSync(paths.folder)).toBe(false);
});
