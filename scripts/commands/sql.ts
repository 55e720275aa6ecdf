import { DuckDBInstance } from "@duckdb/node-api";
import { existsSync } from "node:fs";
import { paths } from "../local-dev";
import { CommandError, runCommand } from "../terminal/failure";
import { type Cell, table } from "../terminal/table";

const MOST_ROWS = 1000;

/** `npm run sql -- "select …"`: asks the warehouse's copy for readers, and prints the answer as a table. */
void runCommand(async () => {
  const [statement] = process.argv.slice(2).filter((argument) => argument !== "--debug");
  if (statement === undefined) throw new CommandError('Give one statement: npm run sql -- "select count(*) from trips_marts.fct_trips"');
  const file = paths.warehouseReadCopy();
  if (!existsSync(file)) throw new CommandError("There is no warehouse to ask yet: run npm start.");
  const instance = await DuckDBInstance.create(file, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadUntil(statement, MOST_ROWS);
    const rows = reader.getRowsJson().slice(0, MOST_ROWS);
    console.log(
      table(
        reader.columnNames(),
        rows.map((row) => row.map(cell)),
      ),
    );
    if (!reader.done) console.log(`(the first ${String(MOST_ROWS)} rows)`);
  } catch (error) {
    throw new CommandError((error as Error).message);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return 0;
});

const cell = (value: unknown): Cell =>
  value === null ? "" : typeof value === "number" ? value : typeof value === "string" ? value : JSON.stringify(value);
