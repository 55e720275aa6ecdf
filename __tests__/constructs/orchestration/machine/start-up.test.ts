import { execFile } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const whole = readFileSync(resolve(__dirname, "../../../../constructs/orchestration/airflow-machine/start-up.sh"), "utf8");
const [, functions = "", steps = ""] = /^([^]*?\n)(read_attributes\n[^]*)$/.exec(whole) ?? [];
const asRoot = process.getuid?.() === 0 ? test : test.skip;

/** The machine's attributes; what isn't among them isn't found, as where the metadata server has a bad moment. */
let attributes: Record<string, string> = {};
const metadata: Server = createServer(({ url = "" }, response) => {
  const answer = attributes[url.split("/").at(-1) ?? ""];
  response.writeHead(answer === undefined ? 404 : 200).end(answer);
});
let folder = "";
beforeAll(() => new Promise<void>((done) => metadata.listen(0, "127.0.0.1", done)));
afterAll(() => {
  metadata.close();
  metadata.closeAllConnections();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "airflow-"));
  mkdirSync(join(folder, "bin"));
  standIn("systemctl", `echo "$*" >> '${join(folder, "calls")}'`);
  attributes = { "airflow-bucket": "acme-airflow", "airflow-environment": "PIPELINE_WORK='here'", "airflow-sync": "# sync" };
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function standIn(name: string, text: string): void {
  writeFileSync(join(folder, "bin", name), `#!/bin/bash\n${text}\n`);
  chmodSync(join(folder, "bin", name), 0o755);
}
const calls = (): string[] => (existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : []);

/** Runs what is said with the script's functions, in a root of its own. */
const execute = (commands: string) =>
  run("bash", ["-euo", "pipefail", "-c", `${functions}\n${commands}`], {
    env: {
      PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`,
      ROOT: folder,
      OWNER: "nobody",
      METADATA: `http://127.0.0.1:${String((metadata.address() as AddressInfo).port)}`,
    },
  });

test("the watch on its health is the first that is there: what fails after it is told", () => {
  expect(steps.split("\n").slice(0, 4)).toEqual(["read_attributes", "make_folders", "watch_health", "install_agent"]);
});

test("the watch needs nothing of what comes after it", async () => {
  await execute("read_attributes; make_folders; watch_health");

  expect(calls()).toEqual(["daemon-reload", "start airflow-health.timer"]);
  expect(readFileSync(join(folder, "etc/systemd/system/airflow-health.timer"), "utf8")).toContain("OnActiveSec=900\n");
  const health = join(folder, "opt/airflow/health.sh");
  expect((await run("bash", [health, "http://127.0.0.1:9/health"])).stdout).toBe('{"event": "airflow_unhealthy", "health": null}\n');
});

test.each(["airflow-bucket", "airflow-environment", "airflow-sync"])("where %s doesn't come, nothing is written of it", async (name) => {
  await execute('read_attributes; make_folders; write_environment; write_units; write "$OPT/sync.py" 644 <<< "$SYNC"');
  const files = ["etc/airflow/environment", "etc/systemd/system/airflow-sync.service", "opt/airflow/sync.py"];
  const texts = () => files.map((file) => readFileSync(join(folder, file), "utf8"));
  const before = texts();
  expect(before).toEqual([
    expect.stringMatching(/^PIPELINE_WORK='here'\nAIRFLOW_HOME=/),
    expect.stringContaining("/sync.py acme-airflow "),
    "# sync\n",
  ]);
  attributes = Object.fromEntries(Object.entries(attributes).filter(([one]) => one !== name));

  await expect(execute(steps)).rejects.toThrow(/404/);

  expect(texts()).toEqual(before);
});

asRoot("a data disk of a machine whose user had another number is the new user's", async () => {
  await execute("make_folders");
  const base = join(folder, "data/postgres/base");
  mkdirSync(base);
  writeFileSync(join(folder, "data/postgres/PG_VERSION"), "15\n");
  for (const name of ["", "base", "PG_VERSION"]) chownSync(join(folder, "data/postgres", name), 12_345, 12_345);

  await execute("make_folders");

  const { uid } = statSync(join(folder, "data/airflow"));
  expect(uid).toBe(65_534);
  for (const name of ["", "base", "PG_VERSION"]) expect(statSync(join(folder, "data/postgres", name)).uid).toBe(uid);
});

test("the Ops Agent reads its settings anew when they have changed, and only then; Airflow isn't restarted for it", async () => {
  standIn("dpkg-query", "printf installed");
  const install = async () => (await execute('install_agent; echo "changed: $CHANGED"')).stdout;

  expect(await install()).toMatch(/config\.yaml is new\nchanged: \n$/);
  expect(calls()).toEqual(["restart google-cloud-ops-agent"]);
  expect(await install()).toBe("changed: \n");
  expect(calls()).toHaveLength(1);
});

test("an Ops Agent that is half installed isn't restarted", async () => {
  standIn("dpkg-query", "printf half-configured");
  await execute("install_agent");
  expect(calls()).toEqual([]);
});
