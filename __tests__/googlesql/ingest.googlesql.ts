import { join } from "node:path";
import { bigQuerySchema } from "../../contracts/render/bigquery";
import { landedTables } from "../../contracts/tables";
import { analyse, type Session } from "./analyser";
import { dbtProjectId, dbtStatements } from "./dbt-statements";
import { ingestStatements } from "./ingest-statements";
import { columnsOf } from "./stack-catalog";
import type { CatalogTable, Statement } from "./statement";
import { describeAnalysed, root } from "./tools";

const landed: CatalogTable[] = landedTables.map((contract) => ({
  name: `${dbtProjectId}.trips_landed.${contract.name}`,
  columns: columnsOf(bigQuerySchema(contract)),
}));

describeAnalysed("ingest's statements for BigQuery", () => {
  let sent: Statement[];
  let marts: Statement[];

  beforeAll(() => {
    sent = ingestStatements();
    // The marts that ingest reads are those that dbt makes.
    marts = dbtStatements(join(root, "pipelines/dbt")).filter(({ situation }) => situation === "first run");
  });

  const after = (statements: readonly Statement[]): Session => ({ tables: landed, statements: [...marts, ...statements] });

  /** All that have the text, with another in its place. */
  const planted = (before: string, instead: string): Session =>
    after(sent.filter(({ sql }) => sql.includes(before)).map((one) => ({ ...one, sql: one.sql.replace(before, instead) })));

  test("are there, each with the function that makes it", () => {
    const makers = ["receipts_query", "rows_query", "marts_queries", "dashboard_queries", "merge_receipt"];
    expect(makers.filter((maker) => !sent.some(({ origin }) => origin.includes(maker)))).toEqual([]);
    expect(sent.filter(({ origin }) => !/^pipelines\/ingest\/src\/ingest\/[\w/]+\.py:\d+ \(\w+/.test(origin))).toEqual([]);
  });

  test("are understood", () => {
    const [{ faults, analysed }] = analyse(after(sent));
    expect(faults).toEqual([]);
    expect(analysed).toBeGreaterThanOrEqual(marts.length + sent.length);
  });

  test("with a fault planted are refused: a wrong column, a wrong type, a function that only DuckDB has", () => {
    const [column, type, duckDb, mart] = analyse(
      planted("held.service = fresh.service", "held.services = fresh.service"),
      planted("@file_month AS file_month", "'2019-01' AS file_month"),
      planted("substr(CAST(file_month AS STRING), 1, 7)", "strftime(file_month, '%Y-%m')"),
      planted("any_value(borough)", "any_value(borough_name)"),
    );
    const ingest = "^pipelines/ingest/src/ingest";
    expect(column.faults[0]).toMatch(
      new RegExp(`${ingest}/bigquery/receipt.py:\\d+ \\(merge_receipt\\), line \\d+: Name services not found`),
    );
    expect(type.faults[0]).toMatch(new RegExp(`${ingest}/bigquery/receipt.py:\\d+ .*No matching signature`));
    expect(duckDb.faults[0]).toMatch(new RegExp(`${ingest}/warehouse_contents.py:\\d+ .*Function not found: strftime`));
    expect(mart.faults[0]).toMatch(new RegExp(`${ingest}/export.py:\\d+ .*Unrecognized name: borough_name`));
  });
});
