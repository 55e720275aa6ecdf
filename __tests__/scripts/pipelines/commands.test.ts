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
  ["pipelines", ["--service", "--from", "--to", "--source"]],
  ["backfill", ["--from", "--to", "--service", "--source", "--batch"]],
  ["rollback", ["--service", "--month", "--to"]],
  ["status", ["--json"]],
])("%s tells what it does, and knows only environments of this machine", (name, options) => {
  const help = command(name, "--help");
  expect(help).toMatchObject({ status: 0, stderr: "" });
  expect(help.stdout).toContain(`npm run ${name} -- <environment>`);
  for (const option of options) expect(help.stdout).toContain(`  ${option} `);

  const prod = command(name, "prod");
  expect(prod.status).toBe(1);
  expect(prod.stderr).toContain("prod isn't on this machine");
});
