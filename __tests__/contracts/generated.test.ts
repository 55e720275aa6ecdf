import { DuckDBInstance } from "@duckdb/node-api";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { duckDbType, type Field } from "../../embedded/engines/warehouse/column-types";
import { renderedTexts } from "../../contracts/generate";
import { landedTables, tripTables } from "../../contracts/tables";

const folder = resolve(__dirname, "../../contracts/generated");
const stored = (path: string) => readFileSync(join(folder, path), "utf8");

async function columnsOf(...statements: string[]): Promise<{ name: string; type: string }[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const statement of statements.slice(0, -1)) await connection.run(statement);
  const rows = (await connection.runAndReadAll(statements.at(-1)!)).getRowObjects();
  connection.closeSync();
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}

test("the committed files are those that the contracts render to (else: npm run generate)", () => {
  for (const [path, text] of Object.entries(renderedTexts())) expect({ path, text: stored(path) }).toEqual({ path, text });
});

// Beside the texts: a Parquet file for each table of trips, and for rides as they stream.
test("no file lies there that nothing renders", () => {
  const lying = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(lying).toHaveLength(Object.keys(renderedTexts()).length + tripTables.length + 1);
});

describe.each(landedTables.map((table) => table.name))("%s: all engines agree", (name) => {
  const bigQuery = JSON.parse(stored(`bigquery/${name}.json`)) as Field[];
  const expected = bigQuery.map((field) => ({ name: field.name, type: duckDbType(field) }));

  test("DuckDB's table has BigQuery's columns, in order, with types of the same range", async () => {
    expect(await columnsOf(stored(`duckdb/${name}.sql`), `DESCRIBE ${name}`)).toEqual(expected);
  });

  test("Postgres's table, its names for the types put in DuckDB's, is the same", async () => {
    const sql = stored(`postgres/${name}.sql`).replace(/ PARTITION BY LIST \(\w+\)/, "");
    expect(await columnsOf(sql, `DESCRIBE ${name}`)).toEqual(expected);
  });

  test("Spark's schema, its names for the types put in DuckDB's, is the same", () => {
    const { fields } = JSON.parse(stored(`spark/${name}.json`)) as { fields: { name: string; type: string }[] };
    const types: Record<string, string> = {
      string: "VARCHAR",
      long: "BIGINT",
      timestamp_ntz: "TIMESTAMP",
      timestamp: "TIMESTAMP WITH TIME ZONE",
    };
    expect(fields.map((field) => ({ name: field.name, type: types[field.type] ?? field.type.toUpperCase() }))).toEqual(expected);
  });

  test("the JSON for Python names the same columns", () => {
    const table = JSON.parse(stored("contracts.json")).tables[name];
    expect([...table.columns, ...table.systemColumns].map((column: any) => column.name)).toEqual(expected.map((column) => column.name));
  });
});

test.each(tripTables.map((table) => table.name))("%s: the Parquet file without rows has BigQuery's columns", async (name) => {
  const bigQuery = JSON.parse(stored(`bigquery/${name}.json`)) as Field[];
  expect(await columnsOf(`DESCRIBE SELECT * FROM '${join(folder, `parquet/${name}.parquet`)}'`)).toEqual(
    bigQuery.map((field) => ({ name: field.name, type: duckDbType(field) })),
  );
});
