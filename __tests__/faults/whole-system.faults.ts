import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { groupMembers, type GroupMember } from "../../embedded/engines/airflow/process-group";
import { isPortTaken } from "../../embedded/engines/port";
import { ScratchProject } from "../system/scratch-project";
import { everythingIn } from "./everything";

jest.setTimeout(600_000);

let project: ScratchProject;
let data: string;
let clean: Record<string, string>;

beforeAll(async () => {
  project = await ScratchProject.create();
  data = project.generate("tlc", "2024-01", 300);
  await expectRecovery();
  clean = everythingIn(project);
});

afterAll(async () => {
  await project.remove();
});

/** `npm start` as a process (in a group of its own, so that its children can be killed with it). */
function start(environment: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "scripts/commands/start.ts", "--data", data], {
    cwd: project.folder,
    detached: true,
    stdio: "ignore",
    env: { ...process.env, ...project.variables, ...environment },
  });
}

async function until(condition: () => boolean, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!condition()) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error("npm start didn't come to the point where it should be killed.");
    await delay(2);
  }
}

/** The same command once more succeeds, and every store holds what a run without a fault left. */
async function expectRecovery(): Promise<void> {
  const ended = await project.command("start", "--data", data);
  expect(ended).toMatchObject({ code: 0 });
  if (clean) expect(everythingIn(project)).toEqual(clean);
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
  process.kill(child.pid ?? 0, signal);
  await ended;
}

/** What still runs of its process group after two seconds: tsx's compiler ends a moment after the command that it served. */
async function survivors(child: ChildProcess): Promise<GroupMember[]> {
  const deadline = Date.now() + 2_000;
  for (;;) {
    const members = await groupMembers(child.pid ?? 0);
    if (members.length === 0 || Date.now() > deadline) return members;
    await delay(20);
  }
}

async function removeDeployment(): Promise<void> {
  await project.command("down");
  rmSync(project.path(".embedded/dev"), { recursive: true });
}

const objects = (): number => {
  const catalog = project.path(".embedded/dev/catalog");
  return existsSync(catalog) ? readdirSync(catalog, { recursive: true }).filter((name) => String(name).endsWith(".json")).length : 0;
};
const progress = (): string => {
  const runs = project.path(".embedded/dev/runs");
  const newest = existsSync(runs) ? readdirSync(runs).sort().at(-1) : undefined;
  const file = `${runs}/${newest ?? ""}/progress.jsonl`;
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

test("kill -9 of npm start after the provider's first catalogue writes", async () => {
  await removeDeployment();
  const child = start();
  await until(() => objects() >= 3, child);
  await kill(child);
  await expectRecovery();
});

test("Terraform killed in the middle of its state write", async () => {
  truncateSync(project.path(".embedded/dev/terraform.tfstate"), 5_000);
  await expectRecovery();
  expect(existsSync(project.path(".embedded/dev/terraform.tfstate.damaged"))).toBe(true);
});

test("kill -9 in ingest between lake and warehouse, as npm start runs it", async () => {
  await removeDeployment();
  const child = start({ INGEST_KILL_AT: "land:before-delete" });
  const [code] = (await once(child, "exit")) as [number | null];
  expect(code).toBe(1);
  await expectRecovery();
});

test("a lost Postgres volume", async () => {
  await project.command("down");
  const volumes = project.path(".embedded/dev/postgres");
  rmSync(volumes, { recursive: true });
  await expectRecovery();
});

test("two npm start at once", async () => {
  const both = await Promise.all([1, 2].map(() => project.command("start", "--data", data)));
  expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(both.filter(({ output }) => output.includes("Another command (npm start"))).toHaveLength(1);
  await expectRecovery();
});

test("Ctrl-C in the middle of the pipelines: nothing runs or holds the port, and the same goes on", async () => {
  await removeDeployment();
  const child = start();
  await until(() => progress().includes('"stage": "fetch", "status": "done"'), child);
  await kill(child, "SIGINT");
  expect(child.exitCode).toBe(130);
  expect(await survivors(child)).toEqual([]);
  expect(await isPortTaken(project.port)).toBe(false);
  await expectRecovery();
});
