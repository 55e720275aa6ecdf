import { routineStatement } from "./routine-statement";
import { scanStatements } from "./scan-statements";
import { resolved, tableName } from "./stack-catalog";
import type { Statement } from "./statement";

/** Every BigQuery statement of a synthesised stack, as BigQuery would be given it; what carries an expression alone is made one. */
export function stackStatements(json: any): Statement[] {
  const of = (type: string): any[] => Object.values(json.resource[type] ?? {});
  const sql = (text: string) => resolved(json, text);
  const all = [
    ...of("google_bigquery_table").flatMap((table) => {
      const query: string | undefined = table.view?.query ?? table.materialized_view?.query;
      return query === undefined ? [] : [{ resource: table, sql: `create view \`${tableName(json, table)}\` as\n${query}` }];
    }),
    ...of("google_bigquery_routine").map((routine) => ({ resource: routine, ...routineStatement(json, routine) })),
    ...of("google_bigquery_row_access_policy").map((policy) => ({
      resource: policy,
      sql: `create row access policy ${String(policy.policy_id)} on \`${tableName(json, policy)}\` grant to ("allUsers") filter using (\n${String(policy.filter_predicate)})`,
    })),
    ...of("google_bigquery_data_transfer_config")
      .filter(({ data_source_id: source }) => source === "scheduled_query")
      .map((config) => ({ resource: config, sql: config.params.query, parameters: { run_date: "DATE", run_time: "TIMESTAMP" } })),
    ...of("google_dataplex_datascan").flatMap((scan) => scanStatements(scan).map((one) => ({ resource: scan, sql: one }))),
  ];
  return all.map(({ resource, ...statement }) => ({ ...statement, sql: sql(statement.sql), origin: originOf(resource) }));
}

/** The resource's path among the constructs, and the files that made it, innermost first. */
function originOf({ "//": { metadata } }: any): string {
  const frames: string[] = metadata.stackTrace ?? [];
  const ours = frames.flatMap((frame) => /((?:constructs|stacks)\/[\w/-]+\.ts:\d+)/.exec(frame)?.[1] ?? []);
  return `${[...new Set(ours)].join(" < ")} (${String(metadata.path)})`;
}
