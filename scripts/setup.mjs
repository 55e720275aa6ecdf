import { requireNode } from "./setup/require-node.mjs";

requireNode();
import("./setup/launch.mjs").then(({ launchSetUp }) => launchSetUp(process.argv.slice(2)));
