import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { integer, localDatetime, string } from "../../../contracts/model/column";
import { reject, warn } from "../../../contracts/model/rule";
import { table, type Table } from "../../../contracts/model/table";
import type { QualityRule } from "../../../contracts/render/quality-rule";
import { qualityRules } from "../../../contracts/render/quality-rules";
import { greenTrips, tripTables, yellowTrips } from "../../../contracts/tables";

const root = resolve(__dirname, "../../..");
const sample = join(root, "../shared/data/tlc/yellow_tripdata_2019-05.csv.gz");
const id = integer({ description: "Id.", required: true });

/** What Dataplex makes of a rule on rows: a NULL fails unless it is ignored. */
function passes({ column, nonNull, set, range, rowCondition, ignoreNull }: QualityRule): string {
  if (rowCondition !== undefined) return rowCondition;
  if (nonNull) return `${column} IS NOT NULL`;
  const inRange = [
    ...(range?.min === undefined ? [] : [`${column} ${range.strictMin ? ">" : ">="} ${range.min}`]),
    ...(range?.max === undefined ? [] : [`${column} <= ${range.max}`]),
  ];
  const condition = set ? `CAST(${column} AS VARCHAR) IN (${set.map((value) => `'${value}'`).join(", ")})` : inRange.join(" AND ");
  return `COALESCE(${condition}, ${String(ignoreNull === true)})`;
}

describe("qualityRules", () => {
  test("each part of a contract becomes the expectation that fits it", () => {
    const trips = table("trips", {
      description: "Trips.",
      columns: {
        id,
        vendor: integer({ description: "Vendor.", values: { 1: "One", 2: "Two" } }),
        fare: integer({ description: "Fare." }),
        began: localDatetime({ description: "Began." }),
        ended: localDatetime({ description: "Ended." }),
      },
      systemColumns: { _file: string({ description: "File." }) },
      primaryKey: ["id"],
      partitionBy: "began",
      rules: [
        reject("fare_not_positive", "Zero or below.", { kind: "more_than", column: "fare", value: 0 }),
        warn("fare_odd", "Odd.", { kind: "between", column: "fare", min: 1, max: 9.5 }),
        warn("ended_first", "Ended first.", { kind: "not_before", column: "ended", other: "began" }),
      ],
    });

    expect(qualityRules(trips, { warnThreshold: 0.9 })).toEqual([
      { name: "required-id", description: "Required: Id.", dimension: "COMPLETENESS", column: "id", nonNull: true, threshold: 1 },
      { name: "unique-id", description: "The primary key stands once.", dimension: "UNIQUENESS", column: "id", unique: true, threshold: 1 },
      {
        name: "codes-vendor",
        description: "The code is known: 1 One, 2 Two.",
        dimension: "VALIDITY",
        column: "vendor",
        set: ["1", "2"],
        ignoreNull: true,
        threshold: 0.9,
      },
      {
        name: "fare-not-positive",
        description: "Zero or below.",
        dimension: "VALIDITY",
        column: "fare",
        range: { min: "0", strictMin: true },
        ignoreNull: true,
        threshold: 1,
      },
      {
        name: "fare-odd",
        description: "Odd.",
        dimension: "VALIDITY",
        column: "fare",
        range: { min: "1", max: "9.5" },
        ignoreNull: true,
        threshold: 0.9,
      },
      {
        name: "ended-first",
        description: "Ended first.",
        dimension: "CONSISTENCY",
        rowCondition: "COALESCE(ended >= began, TRUE)",
        threshold: 0.9,
      },
    ]);
  });

  test("a key of two columns is asserted by a query on the scanned rows", () => {
    const pairs = table("pairs", { description: "Pairs.", columns: { id, other: id }, primaryKey: ["id", "other"] });

    expect(qualityRules(pairs).find(({ dimension }) => dimension === "UNIQUENESS")).toMatchObject({
      name: "unique-id-other",
      sqlAssertion: "SELECT id, other FROM ${data()} GROUP BY id, other HAVING COUNT(*) > 1",
    });
  });

  test.each([
    [
      "two rules of one name",
      { columns: { load_id: id }, systemColumns: { _load_id: id } },
      /"required-load-id" must have a name of its own/,
    ],
    [
      "a rule on the file month of a table without months",
      { columns: { id }, rules: [warn("stray", "Stray.", { kind: "in_file_month", column: "id" })] },
      /needs a table that is partitioned by file month/,
    ],
  ])("%s is refused", (_what, options, message) => {
    expect(() => qualityRules(table("t", { description: "T.", ...options }))).toThrow(message);
  });

  test.each(tripTables.map((trips): [string, Table] => [trips.name, trips]))(
    "%s: every contract rule is there, under its name",
    (_name, trips) => {
      const names = qualityRules(trips).map(({ name }) => name);

      expect(names).toEqual(expect.arrayContaining(trips.rules.map(({ name }) => name.replaceAll("_", "-"))));
      expect(names).toEqual(expect.arrayContaining(["required-trip-id", "unique-trip-id", "required-file-month"]));
    },
  );
});

describe("what a scan finds is what ingest found, row by row", () => {
  const folder = mkdtempSync(join(tmpdir(), "quality-"));
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
  });
  afterAll(() => {
    connection.closeSync();
    rmSync(folder, { recursive: true });
  });

  const staged = (trips: Table, month: string, file: string): string => {
    const target = join(folder, `${trips.name}-${month}.parquet`);
    const python = join(root, ".embedded/python/data/bin/python");
    const contracts = join(root, "contracts/generated/contracts.json");
    execFileSync(python, [join(__dirname, "staged.py"), contracts, trips.service!, month, file, target], {
      env: { ...process.env, PYTHONPATH: join(root, "pipelines/ingest/src") },
    });
    return target;
  };
  const count = async (file: string, condition: string): Promise<number> =>
    Number((await connection.runAndReadAll(`SELECT count(*) FROM '${file}' WHERE ${condition}`)).getRows()[0]![0]);

  /** Rows that break each contract rule, once it is proved that scan and ingest name the same ones. */
  async function agreedCounts(trips: Table, file: string): Promise<Record<string, number>> {
    const scan = new Map(qualityRules(trips).map((rule) => [rule.name, rule]));
    const counts: Record<string, number> = {};
    for (const { name, severity } of trips.rules) {
      const broken = `NOT (${passes(scan.get(name.replaceAll("_", "-"))!)})`;
      const found = `list_contains(string_split(coalesce(${severity === "warn" ? "warnings" : "reasons"}, ''), ','), '${name}')`;
      expect({ name, differ: await count(file, `(${broken}) IS DISTINCT FROM (${found})`) }).toEqual({ name, differ: 0 });
      counts[name] = await count(file, broken);
    }
    return counts;
  }

  test.each([yellowTrips, greenTrips].map((trips): [string, Table] => [trips.name, trips]))(
    "%s, generated with every fault",
    async (_name, trips) => {
      const counts = await agreedCounts(trips, staged(trips, "2024-02", "generate"));

      expect(Object.entries(counts).filter(([, rows]) => rows === 0)).toEqual([]);
    },
  );

  (existsSync(sample) ? test : test.skip)("a real month", async () => {
    const counts = await agreedCounts(yellowTrips, staged(yellowTrips, "2019-05", sample));

    expect(counts).toMatchObject({ stray_pickup_month: 1, pickup_far_from_file_month: 0 });
    expect(counts.negative_fare).toBeGreaterThan(0);
    expect(counts.pickup_zone_unknown).toBeGreaterThan(0);
  });

  test("required columns and known codes: as counted by hand", async () => {
    const file = staged(yellowTrips, "2024-03", "generate");
    const rules = new Map(qualityRules(yellowTrips).map((rule) => [rule.name, rule]));
    const failing = (name: string) => count(file, `NOT (${passes(rules.get(name)!)})`);

    expect(await failing("required-pickup-zone-id")).toBe(await count(file, "reasons LIKE '%missing:pickup_zone_id%'"));
    expect(await failing("required-pickup-zone-id")).toBeGreaterThan(0);
    expect(await failing("codes-payment-type")).toBe(await count(file, "payment_type NOT IN (0, 1, 2, 3, 4, 5, 6)"));
    expect(await failing("codes-rate-code-id")).toBe(0);
    expect(await count(file, "rate_code_id IS NULL")).toBeGreaterThan(0);
  });
});
