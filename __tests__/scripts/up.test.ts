import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

function up(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", join(root, "scripts/commands/up.ts"), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("it tells what it does, and does nothing", () => {
  const help = up("--help");
  expect(help).toMatchObject({ status: 0, stderr: "" });
  expect(help.stdout).toMatch(/^npm run up -- \[options\]\n/);
});

test.each([
  ["an unknown option", ["--brokerz", "3"], /^Unknown option '--brokerz'[^]*\n\nnpm run up -- \[options\]/],
  ["a name", ["dev"], /^"dev" isn't understood\.\n\nnpm run up -- \[options\]/],
  ["two brokers", ["--brokers", "2"], /^--brokers: expected 1 or 3, but there stands "2"\./],
])("%s is refused, with the way on", (_what, args, message) => {
  const refused = up(...args);
  expect(refused.status).toBe(1);
  expect(refused.stderr.trimStart()).toMatch(message);
});
