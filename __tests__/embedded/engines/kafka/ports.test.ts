import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimPorts } from "../../../../embedded/engines/kafka/ports";
import { runFolder, Service } from "../../../../embedded/engines/kafka/service";

let folder: string;
let holder: ChildProcess | undefined;

/** A program that listens on a port, with these words in its command line; answers with the port. */
async function listening(...words: string[]): Promise<number> {
  const program = 'const s = require("net").createServer().listen(0, "127.0.0.1", () => console.log(s.address().port))';
  holder = spawn(process.execPath, ["-e", program, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = (await once(holder.stdout!, "data")) as [Buffer];
  return Number(port.toString());
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ports-"));
  mkdirSync(runFolder(folder), { recursive: true });
});
afterEach(async () => {
  if (holder) {
    const gone = once(holder, "exit");
    holder.kill("SIGKILL");
    await gone;
  }
  rmSync(folder, { recursive: true });
});

test("another Kafka on a broker's port is named", async () => {
  const port = await listening("kafka.Kafka", "/elsewhere/server.properties");

  await expect(claimPorts(new Service("kafka-1", folder), folder, [port])).rejects.toThrow(
    new RegExp(
      `^Port ${port} on 127.0.0.1, where kafka-1 should listen, is taken by another Kafka, process ${holder!.pid} \\(.*\\)\\.\nStop that one`,
    ),
  );
});

test("so is another program", async () => {
  const port = await listening("something");

  await expect(claimPorts(new Service("kafka-1", folder), folder, [port])).rejects.toThrow(`is taken by process ${holder!.pid} (`);
});

test("a broker of this environment whose file is lost is known again", async () => {
  const port = await listening("--", `-Dtrips.service=${folder}/kafka-1`, "kafka.Kafka");
  const service = new Service("kafka-1", folder);

  await claimPorts(service, folder, [port]);

  expect(service.running()?.pid).toBe(holder!.pid);
});
