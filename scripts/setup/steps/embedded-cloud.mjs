import { join } from "node:path";
import { embedded, root, stamps } from "../places.mjs";
import { fingerprint, isCurrent, removeStamp, writeStamp } from "../stamp.mjs";
import { runTool } from "../tool.mjs";

const stamp = join(stamps, "embedded-cloud");
const builder = join("scripts", "setup", "build-embedded.ts");
const print = () =>
  fingerprint({
    texts: [root, process.execPath],
    files: [join(root, "embedded"), join(root, builder), join(root, "package-lock.json")],
  });

/** The provider that stands in for the cloud, bundled, and the mirror that Terraform takes it from. */
export const embeddedCloud = {
  name: "embedded",
  title: "embedded cloud: provider and mirror",
  needs: ["npm"],
  isDone: () => isCurrent(stamp, print(), [join(embedded, "provider", "provider.cjs"), join(embedded, "mirror")]),
  run: async () => {
    removeStamp(stamp);
    await runTool("embedded", process.execPath, ["--import", "tsx", builder]);
    writeStamp(stamp, print());
  },
};
