import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { placeInSource } from "./place-in-source";
import type { Statement } from "./statement";
import { root, tools } from "./tools";

/** The names that this dbt run writes everywhere: nothing of the kind exists. */
export const dbtProjectId = "acme-trips-dbt";

/** A statement of dbt's, and in which state of the warehouse it was sent (`pipelines/googlesql/src/dbt_statements/situation.py`). */
export interface DbtStatement extends Statement {
  readonly situation: string;

  /** dbt's id of what was run, e.g. `model.trips.fct_trips`. */
  readonly node: string;
}

/** Everything that a dbt project sends to BigQuery, in order. @throws Error with dbt's words when it can't write its SQL. */
export function dbtStatements(project: string): DbtStatement[] {
  // Kept from run to run: dbt then parses only what has changed.
  const target = join(root, ".embedded/test/googlesql", project === join(root, "pipelines/dbt") ? "target" : "target-planted");
  const env = { ...withoutDbtsOwn(process.env), DBT_PROJECT_ID: dbtProjectId, DBT_WAREHOUSE_FILE: "none" };
  execFileSync(tools().python, ["-m", "dbt_statements", project, target], { env, stdio: "pipe" });
  const lines = readFileSync(join(target, "statements.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => statement(project, JSON.parse(line)));
}

/** The environment without what would name other datasets than the contracts'. */
const withoutDbtsOwn = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("DBT_")));

function statement(project: string, { situation, node, file, sql }: any): DbtStatement {
  const origin = `pipelines/dbt/${String(file)} (${String(node)}, ${String(situation)})`;
  return {
    situation,
    node,
    sql,
    origin,
    locate: (line) => placeInSource(project, file, sql, line) ?? `${origin}, compiled line ${String(line)}`,
  };
}
