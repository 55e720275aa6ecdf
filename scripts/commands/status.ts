import { isDeployed } from "../local-dev";
import { requireHere } from "../pipelines/environment";
import { ingest } from "../pipelines/ingest";
import { parsedLine } from "../pipelines/options";
import { type Status, statusGrid } from "../pipelines/status-grid";
import { runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("status");

/** Seconds to wait for a run that has the warehouse open. */
const WAIT_SECONDS = 30;

/** `npm run status`: a grid of service × month × stage. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), { json: { type: "boolean" } }, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  requireHere(environment, usage, isDeployed());
  const output = await ingest(["--lock-wait", String(WAIT_SECONDS), "status"], { signal });
  console.log(values.json ? output.trimEnd() : statusGrid(JSON.parse(output) as Status));
  return 0;
});
