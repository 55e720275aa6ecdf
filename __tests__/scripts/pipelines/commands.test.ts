import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");

function command(name: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", join(root, `scripts/commands/${name}.ts`), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test.each([
  ["pipelines", ["--service", "--months", "--from", "--to", "--source", "--follow", "--cloud", "--unpause", "--outputs", "--airflow-url"]],
  ["backfill", ["--from", "--to", "--service", "--source", "--batch", "--cloud", "--outputs"]],
  ["rollback", ["--service", "--month", "--to"]],
  ["status", ["--json", "--cloud"]],
])("%s tells what it does", (name, options) => {
  const help = command(name, "--help");
  expect(help).toMatchObject({ status: 0, stderr: "" });
  expect(help.stdout).toContain(`npm run ${name} -- <environment>`);
  for (const option of options) expect(help.stdout).toContain(`  ${option} `);
});

test.each([
  ["rollback", ["prod"], "prod isn't on this machine"],
  ["pipelines", ["prod"], "There is no Airflow in prod: orchestration.kind is none."],
  ["backfill", ["prod", "--from", "2024-01"], "There is no Airflow in prod: orchestration.kind is none."],
  ["pipelines", ["prod", "--source", "/data"], "--source: the cloud doesn't see the folder /data."],
  ["status", ["stage"], 'There is no environment "stage"'],
])("%s %j is refused, with the way on", (name, args, message) => {
  const refused = command(name, ...args);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(message);
});
