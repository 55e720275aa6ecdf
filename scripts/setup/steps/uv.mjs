import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { embedded, locks, root, stamps, uv as executable } from "../places.mjs";
import { fingerprint, isCurrent, removeStamp, writeStamp } from "../stamp.mjs";
import { runTool } from "../tool.mjs";

const lock = join(locks, "uv.lock");
const stamp = join(stamps, "uv");
const print = ({ python }) => fingerprint({ texts: [root, python.executable, python.version], files: [lock] });

/** uv, which makes the Python environments, in a virtual environment of its own. */
export const uv = {
  name: "uv",
  title: "uv",
  needs: [],
  isDone: (context) => isCurrent(stamp, print(context), [executable]),
  run: async (context) => {
    removeStamp(stamp);
    const folder = join(embedded, "tools", "uv");
    await makeVirtualEnvironment(context.python.executable, folder);
    const pip = ["-m", "pip", "install", "--no-input", "--no-user", "--disable-pip-version-check", "--only-binary", ":all:"];
    await runTool("uv", join(folder, "bin", "python"), [...pip, "--require-hashes", "-r", lock]);
    writeStamp(stamp, print(context));
  },
};

async function makeVirtualEnvironment(python, folder) {
  try {
    await runTool("uv", python, ["-m", "venv", "--clear", folder]);
  } catch (error) {
    if (!/ensurepip|No module named '?venv/.test(error.message)) throw error;
    const mend = "Install what it lacks (Debian, Ubuntu: apt install python3-venv), or name another Python: PYTHON=/path/to/python3.";
    throw new Failure(`${python} can't make virtual environments.`, mend, { cause: error });
  }
}
