import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { parse, stringify } from "yaml";

const root = path.resolve(__dirname, "../..");
const node = [process.execPath, "--import", pathToFileURL(require.resolve("tsx")).href];
const app = [...node, path.join(__dirname, "broken-app.ts")];
const cdktf = path.join(root, "node_modules/cdktf-cli/bundle/bin/cdktf");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "rule-pack-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function run(command: readonly string[]): { status: number | null; output: string } {
  const [file = "", ...args] = command;
  const { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...env, CDKTF_OUTDIR: path.join(folder, "out"), CHECKPOINT_DISABLE: "1", NO_COLOR: "1", FORCE_COLOR: "0" },
    timeout: 60_000,
  });
  return { status, output: stdout + stderr };
}

const everywhere = [
  /uniform-bucket-access: /,
  /\bdev\/lake\/bucket \(google_storage_bucket\)/,
  /\bprod\/lake\/bucket \(google_storage_bucket\)/,
];
const STACK_TRACE = /^\s*at |addMessage|node:internal/m;

test("the app on its own exits with 1 and a list without a stack trace", () => {
  const { status, output } = run(app);

  expect(status).toBe(1);
  for (const line of everywhere) expect(output).toMatch(line);
  expect(output).not.toMatch(STACK_TRACE);
});

test("cdktf stops before Terraform, with the warnings and errors of all stacks", () => {
  fs.writeFileSync(
    path.join(folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: app.join(" "), sendCrashReports: "false" }),
  );

  const { status, output } = run([process.execPath, cdktf, "synth"]);

  expect(status).toBe(1);
  for (const line of everywhere) expect(output).toMatch(line);
  expect(output).toMatch(/WARN \[dev\/lake\/bucket\]: labels: it has no labels/);
  expect(output).not.toMatch(/Warning: labels/);
  expect(output).toMatch(/error annotations have been encountered/);
  expect(output).not.toMatch(STACK_TRACE);
}, 90_000);

test("the project's own main.ts stops at a setting that breaks a rule", () => {
  // A copy of what reads the configuration, beside the rest as it is.
  for (const name of ["main.ts", "config"]) fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  for (const name of ["contracts", "constructs", "stacks", "policies", "node_modules"]) {
    fs.symlinkSync(path.join(root, name), path.join(folder, name));
  }
  const file = path.join(folder, "config/dev.yaml");
  const settings = parse(fs.readFileSync(file, "utf8")) as { postgres: object };
  fs.writeFileSync(file, stringify({ ...settings, postgres: { ...settings.postgres, image: "postgres:latest" } }));

  const { status, output } = run([...node, path.join(folder, "main.ts")]);

  expect(status).toBe(1);
  expect(output).toMatch(/The stacks break 1 rule in 1 place:\n\n {2}pinned-images: .*\n {4}dev\/postgres\/image \(docker_image\): /);
  expect(output).not.toMatch(STACK_TRACE);
});
