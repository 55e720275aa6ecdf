import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bigQuerySchema } from "../../contracts/render/bigquery";
import { landedTables } from "../../contracts/tables";
import { analyse } from "./analyser";
import { dbtProjectId, dbtStatements, type DbtStatement } from "./dbt-statements";
import { columnsOf } from "./stack-catalog";
import type { CatalogTable } from "./statement";
import { describeAnalysed, root } from "./tools";

const project = join(root, "pipelines/dbt");

const landed: CatalogTable[] = landedTables.map((contract) => ({
  name: `${dbtProjectId}.trips_landed.${contract.name}`,
  columns: columnsOf(bigQuerySchema(contract)),
}));

describeAnalysed("dbt's statements for BigQuery", () => {
  let statements: DbtStatement[];

  beforeAll(() => {
    statements = dbtStatements(project);
  });

  test("are all of them: every model, the increments and dbt's own tests", () => {
    const of = (situation: string, pattern: RegExp) => statements.filter((one) => one.situation === situation && pattern.test(one.sql));
    expect(of("first run", /create or replace table .*fct_trips/)).toHaveLength(1);
    expect(of("increment", /pickup_date in \(date '2024-01-31', date '2024-02-01'\)/)).toHaveLength(1);
    expect(of("increment", /merge into .*fct_trips/)).toHaveLength(1);
    expect(of("increment without changes", /where false/)).toHaveLength(1);
    expect(new Set(statements.map(({ node }) => node.split(".")[0]))).toEqual(new Set(["model", "test"]));
  });

  test("are understood, one after the other", () => {
    const [{ faults, analysed }] = analyse({ tables: landed, statements });
    expect(faults).toEqual([]);
    expect(analysed).toBeGreaterThanOrEqual(statements.length);
  });
});

describeAnalysed("a fault planted in the dbt project is refused, with file and line", () => {
  const copy = join(root, ".embedded/test/googlesql/planted");

  beforeAll(() => {
    rmSync(copy, { recursive: true, force: true });
    for (const part of ["pipelines/dbt", "contracts/generated"]) {
      cpSync(join(root, part), join(copy, part), { recursive: true, filter: (source) => !/\/(target|logs|\.\w+_cache)$/.test(source) });
    }
  });

  /** Replaces a line's text by another's, and returns the line's number. */
  function plant(file: string, before: string, after: string): number {
    const path = join(copy, "pipelines/dbt", file);
    const lines = readFileSync(path, "utf8").split("\n");
    const index = lines.findIndex((line) => line.trim() === before);
    expect({ file, index }).not.toEqual({ file, index: -1 });
    lines[index] = after;
    writeFileSync(path, lines.join("\n"));
    return index + 1;
  }

  test("a wrong column, a wrong type, a function of DuckDB's, and a fault in the increment alone", () => {
    const revenue = "tests/monthly_revenue_equals_trips.sql";
    const landedTrips = "tests/fct_trips_holds_every_landed_trip.sql";
    const column = plant(revenue, "sum(total_amount) as total_amount", "sum(total) as total_amount");
    const type = plant(landedTrips, "where landed.trips is distinct from held.trips", "where landed.trips is distinct from held.service");
    const duckDb = plant(
      "tests/generic/at_least.sql",
      "where {{ column_name }} < {{ value }}",
      "where {{ column_name }} < list_min([{{ value }}])",
    );
    const increment = plant(
      "models/marts/fct_trips.sql",
      "pickup_date in ({{ changed.days | join(', ') }})",
      "pickup_day in ({{ changed.days | join(', ') }})",
    );

    const [{ faults }] = analyse({ tables: landed, statements: dbtStatements(join(copy, "pipelines/dbt")) });

    const said = [
      `pipelines/dbt/${revenue}:${String(column)}: Unrecognized name: total`,
      `pipelines/dbt/${landedTrips}:${String(type)}: No matching signature for operator IS DISTINCT FROM for argument types: INT64, STRING`,
      `pipelines/dbt/tests/generic/at_least.sql:${String(duckDb)}: Function not found: list_min`,
      `pipelines/dbt/models/marts/fct_trips.sql:${String(increment)}: Unrecognized name: pickup_day`,
    ];
    expect(said.map((one) => faults.find((fault) => fault.startsWith(one)) ?? faults)).toEqual(
      said.map((one) => expect.stringContaining(one)),
    );
  });
});
