import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const constructs = resolve(__dirname, "../../../constructs");
const shellcheck = resolve(constructs, "../.embedded/python/data/bin/shellcheck");
const scripts = readdirSync(constructs, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".sh"));

/** bash: what machines run them with. */
const lint = (script: string, input?: string) =>
  spawnSync(shellcheck, ["--shell=bash", "--color=never", script], { cwd: constructs, input, encoding: "utf8" });

test.each(scripts)("shellcheck has nothing to say of %s", (script) => {
  expect(lint(join(constructs, script))).toMatchObject({ stdout: "", status: 0 });
});

test("shellcheck has something to say of a script with a fault", () => {
  expect(scripts).not.toEqual([]);
  expect(lint("-", "cd $HOME && rm -r $1\n").stdout).toContain("SC2086");
});
