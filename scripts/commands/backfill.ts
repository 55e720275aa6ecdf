import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tripTables } from "../../contracts/tables";
import type { DagConf } from "../../embedded/engines/airflow/dag-run";
import { alone, isDeployed } from "../local-dev";
import { backfill, type BackfillLine, type BackfillPlan, backfillReport, batchIn } from "../pipelines/backfill";
import { backfillInCloud } from "../pipelines/backfill-in-cloud";
import { cloudAirflow, cloudOptions, type CloudValues } from "../pipelines/cloud-airflow";
import { isInCloud, requireHere } from "../pipelines/environment";
import { ingest } from "../pipelines/ingest";
import { cloudSourceIn, monthsBetween, servicesIn, sourceIn } from "../pipelines/options";
import { parsedLine } from "../terminal/command-line";
import { besideAirflow, failuresOf, localAirflow, newRunId, runPipelines, serve } from "../pipelines/run";
import { runInCloud } from "../pipelines/run-in-cloud";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("backfill");

const options = {
  from: { type: "string" },
  to: { type: "string" },
  service: { type: "string" },
  source: { type: "string", default: "tlc" },
  batch: { type: "string", default: "3" },
  ...cloudOptions,
} as const;

/** `npm run backfill`: many months, a few to a run. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const inCloud = isInCloud(environment, values.cloud);
  if (!inCloud) requireHere(environment, usage, isDeployed());
  const source = inCloud ? cloudSourceIn("--source", values.source) : sourceIn("--source", values.source);
  const known = tripTables.map(({ service }) => service);
  const services = servicesIn("--service", values.service, known);
  const batch = batchIn(values.batch);
  const months = monthsBetween(values.from, values.to, { source });
  if (months === undefined) throw new CommandError(`--from: name the first month.\n\n${usage}`);
  if (inCloud) return there(environment, { source, services, months: months.join(",") }, batch, values, signal);
  return alone("npm run backfill", () => run({ source, services, months, batch }, signal), signal);
});

async function there(environment: string, conf: DagConf, batch: number, values: CloudValues, signal: AbortSignal): Promise<number> {
  const at = await cloudAirflow(environment, values, signal);
  const lines = await backfillInCloud(conf, batch, async (some, title) => {
    const done = await runInCloud(at, some, signal, title);
    for (const failure of failuresOf(done.result)) console.log(failure);
    return done;
  });
  return concluded(lines);
}

interface Backfill {
  readonly source: string;
  readonly services: readonly string[] | undefined;
  readonly months: readonly string[];
  readonly batch: number;
}

async function run({ source, services, months, batch }: Backfill, signal: AbortSignal): Promise<number> {
  const airflow = localAirflow();
  const settings = await besideAirflow(airflow, serve, signal);
  const runId = `${newRunId()}-backfill`;
  const plan = await step(
    "Look for what is to do",
    async () => {
      const asked = services ? ["--services", services.join(",")] : [];
      await ingest(["plan", "--source", source, "--months", months.join(","), ...asked], { runId, signal });
      return JSON.parse(readFileSync(join(settings.paths.runs, runId, "plan.json"), "utf8")) as BackfillPlan;
    },
    ({ deliveries, changed, awaited }) =>
      `${String(changed.length)} of ${String(deliveries.length)} deliveries to load` +
      (awaited.length === 0 ? "" : `, ${String(awaited.length)} not published yet`),
  );
  const lines = await backfill(
    plan,
    batch,
    async (some, title) => {
      const done = await runPipelines(airflow, { source, services, months: some.join(",") }, signal, title);
      for (const failure of failuresOf(done.result)) console.log(failure);
      return done;
    },
    signal,
  );
  return concluded(lines);
}

function concluded(lines: readonly BackfillLine[]): number {
  console.log(`\n${backfillReport(lines)}`);
  return lines.some(({ outcome }) => outcome === "failed") ? 1 : 0;
}
