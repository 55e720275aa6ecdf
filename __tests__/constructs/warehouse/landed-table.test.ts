import { Dataset } from "../../../constructs/warehouse/dataset";
import { LandedTable } from "../../../constructs/warehouse/landed-table";
import type { LandedTableProps } from "../../../constructs/warehouse/landed-table-props";
import { PolicyTags } from "../../../constructs/warehouse/policy-tags";
import { fhvhvTrips, yellowTrips, zones } from "../../../contracts/tables";
import { dev, only, resources, synth } from "../synth";

const group = (name: string) => ({ id: name, member: `group:${name}@example.com` });

const deploy = (props: Partial<LandedTableProps> = {}, then: (table: LandedTable, dataset: Dataset) => void = () => undefined) =>
  synth((stack) => {
    const dataset = new Dataset(stack, "dataset", { environment: dev, datasetId: "landed", description: "", authorizesViews: true });
    then(new LandedTable(stack, "table", { environment: dev, dataset, contract: zones, ...props }), dataset);
  });

describe("LandedTable", () => {
  test("by ranges of a column", () => {
    const table = only(deploy({ rangePartitioning: { column: "zone_id", start: 1, end: 301, interval: 50 } }), "google_bigquery_table");

    expect(table.range_partitioning).toEqual({ field: "zone_id", range: { start: 1, end: 301, interval: 50 } });
    expect(table.require_partition_filter).toBeUndefined();
  });

  test("by the time of arrival: no column", () => {
    expect(only(deploy({ arrivalPartitioning: "DAY" }), "google_bigquery_table").time_partitioning).toEqual({ type: "DAY" });
  });

  test("foreign keys of tables that aren't there are left out", () => {
    expect(only(deploy({ contract: yellowTrips }), "google_bigquery_table").table_constraints).toEqual({
      primary_key: { columns: ["trip_id"] },
    });
  });

  test("protected columns carry their tag, the others none", () => {
    const json = synth((stack) => {
      const dataset = new Dataset(stack, "dataset", { environment: dev, datasetId: "landed", description: "" });
      const policyTags = new PolicyTags(stack, "tags", { environment: dev });
      new LandedTable(stack, "table", { environment: dev, dataset, contract: fhvhvTrips, policyTags });
    });
    const [tag] = Object.keys(json.resource.google_data_catalog_policy_tag);
    const tagged = JSON.parse(only(json, "google_bigquery_table").schema).filter((column: any) => column.policyTags !== undefined);

    expect(tagged).toEqual([
      expect.objectContaining({ name: "driver_pay", policyTags: { names: [`\${google_data_catalog_policy_tag.${tag}.name}`] } }),
    ]);
  });

  test("a grant on the table alone; asked twice, it is the same", () => {
    const json = deploy({}, (table) => {
      expect(table.grantRead(group("a"))).toBe(table.grantRead(group("a")));
    });

    expect(only(json, "google_bigquery_table_iam_member")).toMatchObject({
      role: "roles/bigquery.dataViewer",
      member: "group:a@example.com",
    });
  });

  test("restricted rows: the dataset's grantees see all of them, those granted later too", () => {
    const json = deploy({}, (table, dataset) => {
      dataset.grantWrite(group("ingest"));
      table.grantRows({ name: "bronx", filter: "borough = 'Bronx'", grantees: [group("a")] });
      table.grantRows({ name: "queens", filter: "borough = 'Queens'", grantees: [group("a"), group("b")] });
      dataset.grantRead(group("transform"));
    });
    const policies = resources(json, "google_bigquery_row_access_policy");

    expect(
      Object.fromEntries(policies.map(({ policy_id, filter_predicate, grantees }) => [policy_id, [filter_predicate, ...grantees]])),
    ).toEqual({
      all_rows: ["TRUE", "group:ingest@example.com", "group:transform@example.com"],
      bronx: ["borough = 'Bronx'", "group:a@example.com"],
      queens: ["borough = 'Queens'", "group:a@example.com", "group:b@example.com"],
    });
    // Whoever sees some rows may read the table, and nobody sees fewer rows before the others see all.
    expect(resources(json, "google_bigquery_table_iam_member")).toHaveLength(2);
    const [all] = Object.keys(json.resource.google_bigquery_row_access_policy).filter((id) => id.includes("all-rows"));
    expect(policies.filter(({ policy_id }) => policy_id !== "all_rows").map(({ depends_on }) => depends_on)).toEqual([
      [`google_bigquery_row_access_policy.${all}`],
      [`google_bigquery_row_access_policy.${all}`],
    ]);
  });

  test.each<[string, Partial<LandedTableProps>, RegExp]>([
    [
      "months and arrival",
      { contract: yellowTrips, arrivalPartitioning: "DAY" },
      /"yellow_trips" is partitioned by the month of file_month/,
    ],
    [
      "ranges and arrival",
      { rangePartitioning: { column: "zone_id", start: 1, end: 9, interval: 1 }, arrivalPartitioning: "DAY" },
      /by ranges or by arrival, not by both/,
    ],
    [
      "ranges of a text",
      { rangePartitioning: { column: "borough", start: 1, end: 9, interval: 1 } },
      /"borough", which is no integer column/,
    ],
    ["an interval of 0", { rangePartitioning: { column: "zone_id", start: 1, end: 9, interval: 0 } }, /an interval of at least 1/],
    [
      "an end before the start",
      { rangePartitioning: { column: "zone_id", start: 9, end: 1, interval: 1 } },
      /ends \(1\) before it starts \(9\)/,
    ],
    ["too many ranges", { rangePartitioning: { column: "zone_id", start: 0, end: 10_001, interval: 1 } }, /makes 10001 partitions/],
  ])("refuses %s", (_what, props, message) => {
    expect(() => deploy(props)).toThrow(message);
  });

  test("refuses a row policy whose name is taken by the one that shows all rows", () => {
    expect(() => deploy({}, (table) => table.grantRows({ name: "all_rows", filter: "TRUE", grantees: [] }))).toThrow(/needs another name/);
  });
});
