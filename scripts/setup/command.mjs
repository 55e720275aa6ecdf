import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { dieOf, runInForeground } from "./foreground.mjs";
import { root } from "./places.mjs";
import { terraformBinary } from "./steps/terraform.mjs";

const folder = join(root, "scripts", "commands");
const usages = join(root, "scripts", "usage");

/** The file of a command. @throws {Failure} that names the commands there are */
export function commandFile(command) {
  const file = join(folder, `${command}.ts`);
  // What has no usage is a part of some command, not one itself.
  const isThere = [file, join(usages, `${command}.txt`)].every((path) => existsSync(path));
  if (/^[a-z-]+$/.test(command ?? "") && isThere) return file;
  const names = readdirSync(usages).map((name) => name.slice(0, -".txt".length));
  throw new Failure(command ? `There is no command "${command}".` : "Name a command.", `There are: ${names.join(", ")}`);
}

/** Runs a command's file in place of this process, as near as Node comes to it: same terminal, same signals, same end. */
export async function becomeCommand(file, args) {
  const env = { ...process.env, TERRAFORM_BINARY_NAME: terraformBinary() ?? process.env.TERRAFORM_BINARY_NAME ?? "terraform" };
  const { code, signal } = await runInForeground(process.execPath, ["--import", "tsx", file, ...args], { cwd: root, env });
  return signal ? dieOf(signal) : code;
}
