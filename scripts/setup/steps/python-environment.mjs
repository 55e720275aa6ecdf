import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { embedded, environmentPython, locks, root, stamps, uv } from "../places.mjs";
import { fingerprint, isCurrent, removeStamp, writeStamp } from "../stamp.mjs";
import { runTool } from "../tool.mjs";
import { atLeast, parseVersion } from "../version.mjs";

/**
 * A Python environment with exactly the packages of its lock file.
 * @param {string} name `data` or `orchestration`: the lock's and the folder's name
 * @param {object} [options]
 * @param {string[]} [options.sources] folders of our own packages, importable there from where they lie, relative to the project
 * @param {[number, number]} [options.newest] the newest Python that the packages declare themselves for: when the machine's is newer, uv
 *   looks for one of this version, and downloads it if there is none
 */
export function pythonEnvironment(name, { sources = [], newest } = {}) {
  const lock = join(locks, `${name}.lock`);
  const stamp = join(stamps, `python-${name}`);
  const folder = join(embedded, "python", name);
  const python = environmentPython(name);
  const paths = sources.map((source) => join(root, source));
  const interpreter = ({ python: { executable, version } }) =>
    newest && atLeast(parseVersion(version), [newest[0], newest[1] + 1]) ? newest.join(".") : executable;
  const print = (context) => fingerprint({ texts: [root, context.python.executable, context.python.version, ...paths], files: [lock] });
  return {
    name: `python-${name}`,
    title: `Python environment ${name}`,
    needs: ["uv"],
    isDone: (context) => isCurrent(stamp, print(context), [python]),
    run: async (context) => {
      removeStamp(stamp);
      await runTool(`python-${name}`, uv, ["venv", "--no-project", "--clear", "--python", interpreter(context), folder], {
        env: quiet(),
      });
      // Compiled once here: else each of the many short Python processes of a run would be some seconds slower where they don't keep it.
      const sync = ["pip", "sync", "--require-hashes", "--compile-bytecode", "--python", python, lock];
      await runTool(`python-${name}`, uv, sync, { env: quiet() });
      if (paths.length > 0) writeFileSync(join(sitePackages(folder), "project.pth"), paths.map((path) => `${path}\n`).join(""));
      writeStamp(stamp, print(context));
    },
  };
}

export function quiet() {
  // uv doesn't read pip's settings: who has a mirror of their own has named it there.
  const index = process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL ?? process.env.PIP_INDEX_URL;
  return { UV_NO_PROGRESS: "1", VIRTUAL_ENV: "", ...(index ? { UV_DEFAULT_INDEX: index } : {}) };
}

function sitePackages(folder) {
  const version = readdirSync(join(folder, "lib")).find((name) => name.startsWith("python3"));
  return join(folder, "lib", version, "site-packages");
}
