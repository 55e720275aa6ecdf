import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { readJson, stamps } from "./places.mjs";
import { writeWhole } from "./stamp.mjs";
import { atLeast, parseVersion } from "./version.mjs";

const oldest = [3, 11];

// 3.14 comes late: with it, one of the environments needs another Python (see steps.mjs).
const names = ["python3.13", "python3.12", "python3.11", "python3", "python3.14", "python"];

const remembered = join(stamps, "python.json");

/**
 * The Python that the environments are made from: PYTHON if set, else the first fit one on the PATH. Looked for once; then it is kept
 * as long as it is there, so that another shell's PATH doesn't rebuild the environments.
 * @returns {{ executable: string, version: string }}
 */
export function findPython() {
  const asked = process.env.PYTHON ?? "";
  const known = readJson(remembered);
  if (known && known.asked === asked && known.changed === changed(known.executable)) return known;
  const found = searchPython(asked ? [asked] : names);
  const python = { asked, changed: changed(found.executable), executable: found.executable, version: found.version };
  writeWhole(remembered, JSON.stringify(python));
  return python;
}

function changed(executable) {
  return statSync(executable, { throwIfNoEntry: false })?.mtimeMs;
}

/** @throws {Failure} naming each candidate that was found and its version */
export function searchPython(candidates) {
  const unfit = [];
  for (const command of candidates) {
    const answer = ask(command);
    if (!answer) continue;
    if (atLeast(parseVersion(answer.version), oldest)) return answer;
    unfit.push(`${command} is ${answer.version}`);
  }
  const seen = unfit.length > 0 ? `found: ${unfit.join(", ")}` : `none of ${candidates.join(", ")} answered`;
  throw new Failure(
    `Python ${oldest.join(".")} or newer is needed (${seen}).`,
    "Install one, for instance with your package manager (apt install python3 python3-venv, brew install python@3.13), or name it: PYTHON=/path/to/python3.",
  );
}

function ask(command) {
  try {
    const script = "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)";
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 20_000 };
    const [version, executable] = execFileSync(command, ["-c", script], options).trim().split("\n");
    return parseVersion(version) && executable ? { version, executable } : undefined;
  } catch {
    return undefined; // absent, or a shim without a Python behind it
  }
}
