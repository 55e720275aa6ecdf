import { once } from "node:events";
import { buildLivePage } from "../../pipelines/streaming/live/build";
import { LiveCollector } from "../../pipelines/streaming/live/live-collector";
import { LiveServer } from "../../pipelines/streaming/live/live-server";
import { root } from "../local-dev";
import { clusterOptions, whichCluster } from "../streaming/which-cluster";
import { parsedLine } from "../terminal/command-line";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("live");

const options = { port: { type: "string", default: "8190" }, ...clusterOptions } as const;

/** `npm run live`: a page that follows the stream. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (environment !== undefined) throw new CommandError(`"${environment}" isn't understood.\n\n${usage}`);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new CommandError(`--port: expected a number up to 65535, but there stands "${values.port}".`);
  const server = new LiveServer(await buildLivePage(root), port);
  const address = await server.start();
  try {
    const cluster = await whichCluster(values, signal);
    const collector = new LiveCollector(cluster, (state) => {
      server.tell(state);
    });
    collector.start();
    console.log(`✓ ${address}  follows Kafka at ${cluster.bootstrapServers}; Ctrl-C ends it`);
    if (!signal.aborted) await once(signal, "abort");
    await collector.stop();
  } finally {
    await server.stop();
  }
  return 0;
});
