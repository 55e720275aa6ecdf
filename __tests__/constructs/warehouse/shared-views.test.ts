import { Lake } from "../../../constructs/lake/lake";
import { Warehouse } from "../../../constructs/warehouse/warehouse";
import type { WarehouseProps } from "../../../constructs/warehouse/warehouse-props";
import { landedTables, zones } from "../../../contracts/tables";
import { dev, resources, synth } from "../synth";
import { emptyParquetFolder } from "./empty-parquet-folder";

const deploy = (props: Partial<WarehouseProps>) =>
  synth((stack) => {
    const cleanBucket = new Lake(stack, "lake", { environment: dev }).clean;
    new Warehouse(stack, "warehouse", { environment: dev, landedTables, cleanBucket, emptyParquetFolder, ...props });
  });

/** The SQL with the tables' names in the place of references to them. */
const plain = (json: any, sql: string) =>
  sql.replace(/\$\{google_bigquery_table\.([\w-]+)\.(\w+)\}/g, (_, id, attribute) =>
    attribute === "dataset_id" ? "landed" : json.resource.google_bigquery_table[id][attribute],
  );
const view = (json: any, id: string) =>
  resources(json, "google_bigquery_table").find((one) => one.table_id === id && (one.view ?? one.materialized_view));
const routine = (json: any, id: string) => resources(json, "google_bigquery_routine").find(({ routine_id }) => routine_id === id);

describe("shared views", () => {
  const json = deploy({ shared: { tables: ["fhvhv_trips", "zones"], monthSummaries: ["yellow_trips", "fhv_trips"], since: "2024-01" } });

  test("show no protected column and none that only tells of the load, from a month on", () => {
    const sql = plain(json, view(json, "fhvhv_trips").view.query);

    expect(sql).toMatch(/^select\n {2}hvfhs_license_num,\n/);
    expect(sql).toMatch(/\nfrom `acme-dev\.landed\.fhvhv_trips`\nwhere file_month >= date '2024-01-01'$/);
    expect(sql).not.toMatch(/driver_pay|_load_id|_source_file|_warnings/);
    expect(plain(json, view(json, "zones").view.query)).toBe(
      "select\n  zone_id,\n  borough,\n  zone,\n  service_zone\nfrom `acme-dev.landed.zones`",
    );
  });

  test("summaries are kept by month, as the table below is, and filter by it: the table asks for that", () => {
    const kept = view(json, "yellow_trips_by_month");

    expect(kept.time_partitioning).toEqual({ type: "MONTH", field: "file_month" });
    expect(plain(json, kept.materialized_view.query)).toBe(
      [
        "select",
        "  file_month,",
        "  count(*) as trips,",
        "  countif(_warnings != '') as trips_with_warnings,",
        "  sum(total_amount) as total_amount",
        "from `acme-dev.landed.yellow_trips`",
        "where file_month >= date '2009-01-01'",
        "group by file_month",
      ].join("\n"),
    );
    expect(view(json, "fhv_trips_by_month").materialized_view.query).not.toMatch(/total_amount/);
  });

  test("the landed dataset authorises each of them, and no other", () => {
    const authorized = resources(json, "google_bigquery_dataset_access").map((entry) => plain(json, entry.view.table_id));

    expect(authorized.sort()).toEqual(["fhv_trips_by_month", "fhvhv_trips", "yellow_trips_by_month", "zones"]);
  });
});

describe("routines", () => {
  const json = deploy({ routines: true });

  test("a function and a table function are authorised to read what is landed; the procedure has its caller's rights", () => {
    const authorized = resources(json, "google_bigquery_dataset_access").map(({ routine: { routine_id } }) => routine_id);

    expect(authorized).toHaveLength(2);
    expect(authorized).not.toContainEqual(expect.stringMatching(/forget_month/));
    expect(routine(json, "borough_of")).toMatchObject({
      routine_type: "SCALAR_FUNCTION",
      language: "SQL",
      arguments: [{ name: "zone_number", data_type: '{"typeKind":"INT64"}' }],
      return_type: '{"typeKind":"STRING"}',
    });
    expect(routine(json, "trips_by_zone").routine_type).toBe("TABLE_VALUED_FUNCTION");
  });

  test("forget_month deletes a service's month and its receipt in one transaction, and refuses an unknown service before", () => {
    const sql = plain(json, routine(json, "forget_month").definition_body);
    const at = (text: string) => {
      expect(sql).toContain(text);
      return sql.indexOf(text);
    };

    const order = [
      "if of_service not in ('yellow', 'green', 'fhv', 'fhvhv') then",
      "begin transaction;",
      "if of_service = 'fhvhv' then delete from `acme-dev.landed.fhvhv_trips` where file_month = of_month; end if;",
      "delete from `acme-dev.landed.load_receipts` where service = of_service and file_month = of_month;",
      "commit transaction;",
    ].map(at);
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  test("need the tables that they read", () => {
    expect(() => deploy({ routines: true, landedTables: [zones] })).toThrow(
      /read the landed table "yellow_trips", which the warehouse doesn't have/,
    );
  });
});
