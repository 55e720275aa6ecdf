import { readFileSync, writeFileSync, mkdirSync, chownSync } from "node:fs";
import { join, resolve } from "node:path";
import { airflowFiles } from "../../../../stacks/platform/airflow-files";
import { CleanRoot, missingHere, until } from "./clean-root";

const root = resolve(__dirname, "../../../..");
const scripts = join(root, "constructs/orchestration/airflow-machine");
const missing = missingHere();
if (missing !== undefined) console.warn(`Airflow's start-up script wasn't run: ${missing}.`);
const here = missing === undefined ? test : test.skip;

const machine = new CleanRoot();
const environment = () =>
  Object.entries({
    AIRFLOW__API__HOST: "127.0.0.1",
    AIRFLOW__API__WORKERS: "1",
    AIRFLOW__CORE__PARALLELISM: "2",
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: "True",
    PIPELINE_TARGET: "cloud",
    PIPELINE_WORK: "here",
    PIPELINE_PROJECT: "acme-dev",
    PIPELINE_INGEST_SOURCE: join(machine.folder, "home/airflow/gcs/data/pipelines/ingest/src"),
    PIPELINE_DBT_PROJECT: join(machine.folder, "home/airflow/gcs/data/pipelines/dbt"),
  })
    .map(([name, value]) => `${name}='${value}'`)
    .join("\n");
const startUp = () => machine.run("/bin/bash", "-euo", "pipefail", join(scripts, "start-up.sh"));
const api = async (path: string): Promise<any> => {
  const base = `http://127.0.0.1:${String(machine.port)}`;
  const { access_token: token } = (await (await fetch(`${base}/auth/token`)).json()) as { access_token: string };
  return (await fetch(`${base}/api/v2/${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
};

beforeAll(async () => {
  if (missing !== undefined) return;
  await machine.open({ "airflow-environment": environment(), "airflow-sync": readFileSync(join(scripts, "sync.py"), "utf8") });
  for (const [name, path] of Object.entries(airflowFiles())) await machine.put(name, readFileSync(path));
  for (const lock of ["uv", "composer", "data"]) {
    await machine.put(`data/environments/${lock}.lock`, readFileSync(join(root, `pipelines/environments/${lock}.lock`)));
  }
  await machine.put("data/settings.json", "{}");
}, 120_000);

afterAll(() => machine.close(), 120_000);

here(
  "the first start makes environments, database and services, and Airflow is healthy with the DAG in it",
  async () => {
    const printed = await startUp();

    expect(printed).toMatch(/opt\/airflow\/orchestration is made from composer\.lock/);
    expect(printed).toMatch(/opt\/airflow\/data is made from data\.lock/);
    await until("Airflow is healthy", 180, async () => {
      const health = (await (await fetch(`http://127.0.0.1:${String(machine.port)}/api/v2/monitor/health`)).json()) as any;
      return ["metadatabase", "scheduler", "dag_processor"].every((part) => health[part].status === "healthy");
    });
    await until("the DAG is parsed", 120, async () => (await api("dags")).total_entries > 0);
    expect((await api("importErrors")).import_errors).toEqual([]);
    expect((await api("dags")).dags).toMatchObject([{ dag_id: "trips", is_paused: expect.any(Boolean) }]);
  },
  900_000,
);

here(
  "the second start finds everything done, and leaves what runs alone",
  async () => {
    const before = machine.pids();

    expect(Object.keys(before).sort()).toEqual(["airflow-postgres", "airflow@api-server", "airflow@dag-processor", "airflow@scheduler"]);
    expect(await startUp()).not.toMatch(/is new|is made|came|went/);
    expect(machine.pids()).toEqual(before);
  },
  120_000,
);

here("what is new in the bucket comes, what is gone goes, and what a run leaves behind is sent", async () => {
  const gcs = join(machine.folder, "home/airflow/gcs");
  await machine.put("dags/later.py", "# nothing yet\n");
  const run = join(gcs, "data/runs/manual-1");
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, "plan.json"), '{"status": "done"}');
  writeFileSync(join(gcs, "dags/stray.py"), "# not the bucket's\n");
  if (process.getuid?.() === 0) chownSync(join(gcs, "dags/stray.py"), 65_534, 65_534);

  await machine.run("systemctl", "start", "airflow-sync");

  expect(readFileSync(join(gcs, "dags/later.py"), "utf8")).toBe("# nothing yet\n");
  expect(() => readFileSync(join(gcs, "dags/stray.py"))).toThrow(/ENOENT/);
  expect(await machine.get("data/runs/manual-1/plan.json")).toBe('{"status": "done"}');
});

here(
  "the check of its health leaves one line for the alerts: all is well, or something is ill",
  async () => {
    const lines = () => readFileSync(join(machine.folder, "state/airflow-health.service.log"), "utf8").trim().split("\n");
    await machine.run("systemctl", "start", "airflow-health");
    await machine.run("systemctl", "stop", "airflow@api-server");
    await machine.run("systemctl", "start", "airflow-health");

    const events = lines()
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
    expect(events).toEqual([
      { event: "airflow_healthy", health: expect.objectContaining({ scheduler: expect.objectContaining({ status: "healthy" }) }) },
      { event: "airflow_unhealthy", health: null },
    ]);
  },
  60_000,
);

here("nobody but its owner reads the keys, and Postgres listens on no port", async () => {
  expect(await machine.run("stat", "-c", "%a", join(machine.folder, "data/airflow-secrets"))).toBe("600\n");
  expect(readFileSync(join(machine.folder, "data/postgres/postmaster.pid"), "utf8").split("\n")[5]).toBe("");
});
