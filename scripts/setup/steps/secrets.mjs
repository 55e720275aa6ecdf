import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { readJson, root, stamps } from "../places.mjs";
import { fingerprint } from "../stamp.mjs";
import { runTool } from "../tool.mjs";

const stamp = join(stamps, "secrets.json");
const maker = join("scripts", "setup", "make-secrets.ts");
const print = () => fingerprint({ texts: [root], files: [join(root, "config"), join(root, maker)] });

/** Password files, each readable by its owner alone; which ones, the configuration says. An existing one is left as it is. */
export const secrets = {
  name: "secrets",
  title: "password files",
  needs: ["npm"],
  isDone: () => {
    const known = readJson(stamp);
    return known?.print === print() && known.files.every((file) => existsSync(file));
  },
  run: async () => {
    mkdirSync(stamps, { recursive: true });
    await runTool("secrets", process.execPath, ["--import", "tsx", maker, stamp, print()]);
  },
};
