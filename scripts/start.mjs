import { requireNode } from "./setup/require-node.mjs";

requireNode();
import("./setup/launch.mjs").then(({ launch }) => launch("start", process.argv.slice(2)));
