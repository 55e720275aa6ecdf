import { requireNode } from "./setup/require-node.mjs";

requireNode();
import("./setup/launch.mjs").then(({ launch }) => launch(process.argv[2], process.argv.slice(3)));
