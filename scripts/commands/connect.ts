import { parseArgs } from "node:util";
import { Catalog } from "../../embedded/catalog/catalog";
import { deployedPostgres } from "../../embedded/engines/postgres/deployed-postgres";
import { PostgresServer } from "../../embedded/engines/postgres/postgres";
import { Connectors, failureOf } from "../../pipelines/streaming/connect/connectors";
import { ZONE_HOURS_SINK } from "../../pipelines/streaming/connect/zone-hours-sink";
import { paths, postgresBinaries, python } from "../local-dev";
import { makePostgresTable, sinkZoneHours } from "../streaming/connect-sinks";
import { localKafka } from "../streaming/local-kafka";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const options = {
  status: { type: "boolean" },
  remove: { type: "boolean" },
  debug: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** `npm run connect`: final results from Kafka to Postgres, by Kafka Connect. */
void runCommand(async (signal) => {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(usageOf("connect"));
    return 0;
  }
  const kafka = localKafka();
  const connectors = new Connectors(kafka.addresses.connectUrl);
  if (values.status) return tellStatus(await connectors.status(ZONE_HOURS_SINK).catch(() => undefined));
  await step(
    "Start Kafka and Connect",
    () => kafka.startConnect(signal),
    ({ connectUrl }) => connectUrl,
  );
  if (values.remove) {
    await connectors.remove(ZONE_HOURS_SINK);
    console.log(`The connector ${ZONE_HOURS_SINK} is removed; its rows stay in Postgres.`);
    return 0;
  }
  const postgres = deployedPostgres(new Catalog(paths.catalog()));
  if (postgres === undefined)
    throw new CommandError("No Postgres is deployed to this machine: write postgres.kind: docker in config/dev.yaml, then npm start.");
  await new PostgresServer(postgres, paths, postgresBinaries()).start();
  await makePostgresTable(python("data"), paths.settings());
  await step(
    "Final results to Postgres",
    () => sinkZoneHours(kafka.addresses, postgres, signal),
    () => `${ZONE_HOURS_SINK} runs`,
  );
  console.log("\nselect * from streaming.zone_hours, in Postgres. How far it is behind: npm run topics. It goes on until npm run down.");
  return 0;
});

function tellStatus(status: Awaited<ReturnType<Connectors["status"]>>): number {
  console.log(
    status ? JSON.stringify(status, null, 2) : `There is no connector ${ZONE_HOURS_SINK}, or Connect doesn't run: npm run connect`,
  );
  return status === undefined || failureOf(status) !== undefined ? 1 : 0;
}
