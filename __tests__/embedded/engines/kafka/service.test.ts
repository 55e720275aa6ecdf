import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning } from "../../../../embedded/engines/kafka/process-mark";
import { runFolder, Service } from "../../../../embedded/engines/kafka/service";
import { runningServices, stopKafka } from "../../../../embedded/engines/kafka/stop";

let folder: string;
let service: Service;

const node = (program: string) => ({ command: process.execPath, args: ["-e", program] });
const said = (text: string): Promise<void> => until(() => readFileSync(service.log, "utf8").includes(text));

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("not within 20 s");
    await new Promise((done) => setTimeout(done, 20));
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "service-"));
  service = new Service("kafka-1", folder);
});
afterEach(async () => {
  await stopKafka(folder);
  rmSync(folder, { recursive: true, force: true });
});

test("goes on until it is stopped, and another object of its name knows it", async () => {
  service.start(node('console.log("here"); setInterval(() => {}, 1000)'));
  await said("here");
  const mark = new Service("kafka-1", folder).running();

  expect(runningServices(folder)).toEqual([{ name: "kafka-1", pid: mark?.pid }]);
  expect(await stopKafka(folder)).toEqual(["kafka-1"]);

  expect(isRunning(mark!)).toBe(false);
  expect(await stopKafka(folder)).toEqual([]);
});

test("what doesn't end politely is killed", async () => {
  service.start(node('process.on("SIGTERM", () => console.log("no")); console.log("here"); setInterval(() => {}, 1000)'));
  await said("here");
  const mark = service.running()!;

  expect(await service.stop(300)).toBe(true);

  expect(readFileSync(service.log, "utf8")).toContain("no");
  expect(isRunning(mark)).toBe(false);
});

test("what ends by itself a moment before it is told to is stopped", async () => {
  service.start(node("setInterval(() => {}, 1000)"));
  const mark = service.running()!;
  jest.spyOn(process, "kill").mockImplementationOnce((pid) => {
    process.kill(pid, "SIGKILL");
    throw Object.assign(new Error("kill ESRCH"), { code: "ESRCH" });
  });

  expect(await service.stop(20_000)).toBe(true);

  expect(isRunning(mark)).toBe(false);
});

test("it knows which program it was started as", () => {
  const program = { ...node("setInterval(() => {}, 1000)"), environment: { ANSWER: "1" } };
  service.start(program);

  expect(new Service("kafka-1", folder).runsAs({ ...program })).toBe(true);
  expect(service.runsAs({ ...program, environment: { ANSWER: "2" } })).toBe(false);
  expect(service.runsAs({ ...program, args: [] })).toBe(false);
  // Adopted, nobody knows.
  service.adopt(service.running()!.pid);
  expect(service.runsAs(program)).toBe(false);
});

test("a process that has its number by chance is left alone", async () => {
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(stranger, "spawn");
  mkdirSync(runFolder(folder), { recursive: true });
  writeFileSync(join(runFolder(folder), "kafka-1.json"), JSON.stringify({ pid: stranger.pid, began: "1" }));

  expect(service.running()).toBeUndefined();
  expect(await stopKafka(folder)).toEqual([]);

  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  stranger.kill("SIGKILL");
  await once(stranger, "exit");
});

test("half a file names no process", () => {
  mkdirSync(runFolder(folder), { recursive: true });
  writeFileSync(join(runFolder(folder), "kafka-1.json"), '{"pid": 1');

  expect(service.running()).toBeUndefined();
});

test("the log before it is kept", async () => {
  service.start(node('console.log("first")'));
  await said("first");
  await until(() => service.running() === undefined);
  service.start(node('console.log("second")'));
  await said("second");

  expect(readFileSync(service.log, "utf8")).toBe("second\n");
  expect(readFileSync(service.log.replace(".log", ".previous.log"), "utf8")).toBe("first\n");
});
