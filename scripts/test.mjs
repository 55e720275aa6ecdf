import { requireNode } from "./setup/require-node.mjs";

requireNode();
import("./setup/launch.mjs").then(({ launchTests }) => launchTests(process.argv.slice(2)));
