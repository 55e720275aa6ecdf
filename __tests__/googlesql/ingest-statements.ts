import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { dbtProjectId } from "./dbt-statements";
import type { Statement } from "./statement";
import { root } from "./tools";

/** Every statement that ingest sends to BigQuery; what it reads of the marts is what dbt has made in the same project. */
export function ingestStatements(): Statement[] {
  const script = join(root, "pipelines/googlesql/src/ingest_statements.py");
  const contracts = join(root, "contracts/generated/contracts.json");
  const env = { ...process.env, PYTHONPATH: join(root, "pipelines/ingest/src") };
  const output = execFileSync(join(root, ".embedded/python/data/bin/python"), [script, dbtProjectId, contracts], { env, encoding: "utf8" });
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Statement);
}
