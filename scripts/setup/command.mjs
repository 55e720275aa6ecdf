import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { dieOf, runInForeground } from "./foreground.mjs";
import { root } from "./places.mjs";
import { terraformBinary } from "./steps/terraform.mjs";

const folder = join(root, "scripts", "commands");

/** The file of a command. @throws {Failure} that names the commands there are */
export function commandFile(command) {
  const file = join(folder, `${command}.ts`);
  if (/^[a-z-]+$/.test(command ?? "") && existsSync(file)) return file;
  const known = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const names = known.map((name) => name.slice(0, -".ts".length)).join(", ");
  throw new Failure(command ? `There is no command "${command}".` : "Name a command.", `There are: ${names}, lint`);
}

/** Runs a command's file in place of this process, as near as Node comes to it: same terminal, same signals, same end. */
export async function becomeCommand(file, args) {
  const env = { ...process.env, TERRAFORM_BINARY_NAME: terraformBinary() ?? process.env.TERRAFORM_BINARY_NAME ?? "terraform" };
  const { code, signal } = await runInForeground(process.execPath, ["--import", "tsx", file, ...args], { cwd: root, env });
  return signal ? dieOf(signal) : code;
}
