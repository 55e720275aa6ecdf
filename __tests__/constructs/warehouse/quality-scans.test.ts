import { table } from "../../../contracts/model/table";
import { integer } from "../../../contracts/model/column";
import { landedTables, tripTables, yellowTrips } from "../../../contracts/tables";
import { Lake } from "../../../constructs/lake/lake";
import { Dataset } from "../../../constructs/warehouse/dataset";
import { LandedTable } from "../../../constructs/warehouse/landed-table";
import type { QualityScanOptions } from "../../../constructs/warehouse/quality-scan-props";
import { PolicyTags } from "../../../constructs/warehouse/policy-tags";
import { QualityScans } from "../../../constructs/warehouse/quality-scans";
import { Warehouse } from "../../../constructs/warehouse/warehouse";
import { dev, only, resources, synth } from "../synth";
import { emptyParquetFolder } from "./empty-parquet-folder";

const deploy = (options: QualityScanOptions = {}, contracts = tripTables, isProtected = false) =>
  synth((stack) => {
    const { clean } = new Lake(stack, "lake", { environment: dev });
    const policyTags = isProtected ? new PolicyTags(stack, "tags", { environment: dev }) : undefined;
    const shared = { environment: dev, policyTags };
    const warehouse = new Warehouse(stack, "warehouse", { ...shared, landedTables, cleanBucket: clean, emptyParquetFolder });
    const { landed } = warehouse;
    const results = new Dataset(stack, "results", { environment: dev, datasetId: "trips_operations", description: "Results." });
    new QualityScans(stack, "quality", { ...shared, contracts, landed, landedTables: warehouse.landedTables, results, ...options });
  });
const scan = (json: any, id: string) => resources(json, "google_dataplex_datascan").find((one) => one.data_scan_id === id);

describe("QualityScans", () => {
  test("a scan of each landed trip table, run when somebody starts it, its results kept in one table", () => {
    const json = deploy();

    expect(
      resources(json, "google_dataplex_datascan")
        .map(({ data_scan_id }) => data_scan_id)
        .sort(),
    ).toEqual(["trips-fhv-trips-quality", "trips-fhvhv-trips-quality", "trips-green-trips-quality", "trips-yellow-trips-quality"]);
    const yellow = scan(json, "trips-yellow-trips-quality");
    expect(yellow).toMatchObject({
      location: "europe-west1",
      labels: { environment: "dev" },
      execution_spec: { trigger: { on_demand: {} } },
    });
    expect(yellow.data.resource).toMatch(
      /^\/\/bigquery\.googleapis\.com\/projects\/acme-dev\/datasets\/\$\{google_bigquery_table\.warehouse_landed-yellow_trips\w+\.dataset_id\}\/tables\/\$\{.+\.table_id\}$/,
    );
    expect(yellow.data_quality_spec.post_scan_actions.bigquery_export.results_table).toMatch(
      /projects\/acme-dev\/datasets\/.+\/tables\/quality_results$/,
    );
  });

  test("rules in Dataplex's terms: what is rejected must not be there at all, what is warned of in part", () => {
    const { rules } = scan(deploy({ warnThreshold: 0.9 }), "trips-yellow-trips-quality").data_quality_spec;
    const rule = (name: string) => rules.find((one: any) => one.name === name);

    expect(rule("required-pickup-datetime")).toMatchObject({ column: "pickup_datetime", non_null_expectation: {}, threshold: 1 });
    expect(rule("unique-trip-id")).toMatchObject({ column: "trip_id", uniqueness_expectation: {}, threshold: 1 });
    expect(rule("codes-payment-type")).toMatchObject({
      set_expectation: { values: ["0", "1", "2", "3", "4", "5", "6"] },
      ignore_null: true,
      threshold: 0.9,
    });
    expect(rule("zero-distance").range_expectation).toEqual({ min_value: "0", strict_min_enabled: true });
    expect(rule("pickup-zone-unknown").range_expectation).toEqual({ min_value: "1", max_value: "263" });
    expect(rule("pickup-far-from-file-month")).toMatchObject({
      threshold: 1,
      row_condition_expectation: { sql_expression: expect.stringContaining("INTERVAL 31 DAY") },
    });
    expect(rule("dropoff-before-pickup").row_condition_expectation.sql_expression).toBe(
      "COALESCE(dropoff_datetime >= pickup_datetime, TRUE)",
    );
  });

  test("every rule expects exactly one thing", () => {
    for (const { data_quality_spec } of resources(deploy(), "google_dataplex_datascan")) {
      const kinds = data_quality_spec.rules.map((rule: any) =>
        Object.keys(rule).filter((key) => /_expectation$|^sql_assertion$/.test(key)),
      );
      expect(kinds.filter((kind: string[]) => kind.length !== 1)).toEqual([]);
    }
  });

  test("the tables refuse a query without their month: the scan names all of them, or the last ones", () => {
    const filter = (options: QualityScanOptions) => scan(deploy(options), "trips-yellow-trips-quality").data_quality_spec.row_filter;

    expect(filter({})).toBe("file_month >= DATE '1900-01-01'");
    expect(filter({ months: 3 })).toBe("file_month >= DATE_SUB(DATE_TRUNC(CURRENT_DATE(), MONTH), INTERVAL 3 MONTH)");
  });

  test("by cron where that is configured", () => {
    expect(scan(deploy({ schedule: "30 5 * * *" }), "trips-fhv-trips-quality").execution_spec.trigger).toEqual({
      schedule: { cron: "30 5 * * *" },
    });
  });

  test("Dataplex may write its results, and read landed rows; scans wait for it", () => {
    const json = deploy();
    const member = "serviceAccount:service-123456789012@gcp-sa-dataplex.iam.gserviceaccount.com";

    expect(only(json, "google_bigquery_dataset_iam_member")).toMatchObject({
      dataset_id: expect.stringMatching(/results_dataset/),
      role: "roles/bigquery.dataEditor",
      member,
    });
    // The landed dataset authorises views, so it is granted by entries of its access list.
    expect(resources(json, "google_bigquery_dataset_access")).toContainEqual(
      expect.objectContaining({ dataset_id: expect.stringMatching(/landed/), role: "roles/bigquery.dataViewer", iam_member: member }),
    );
    const [wait] = Object.keys(json.resource.terraform_data);
    for (const one of resources(json, "google_dataplex_datascan")) expect(one.depends_on).toEqual([`terraform_data.${wait}`]);
  });

  test("where columns are protected, Dataplex may read them: a rule may be about one", () => {
    const json = deploy({}, tripTables, true);

    expect(only(json, "google_data_catalog_policy_tag_iam_member")).toMatchObject({
      role: "roles/datacatalog.categoryFineGrainedReader",
      member: expect.stringMatching(/gcp-sa-dataplex/),
    });
    expect(JSON.stringify(json.resource.terraform_data)).toContain("google_data_catalog_policy_tag_iam_member.");
  });

  test("Dataplex's own interpolation isn't Terraform's", () => {
    const id = integer({ description: "Id." });
    const pairs = table("pairs", { description: "Pairs.", columns: { id, other: id }, primaryKey: ["id", "other"] });
    const json = synth((stack) => {
      const dataset = new Dataset(stack, "dataset", { environment: dev, datasetId: "d", description: "D." });
      const landed = new LandedTable(stack, "pairs", { environment: dev, dataset, contract: pairs });
      const landedPairs = new Map([["pairs", landed]]);
      new QualityScans(stack, "quality", {
        environment: dev,
        contracts: [pairs],
        landed: dataset,
        landedTables: landedPairs,
        results: dataset,
      });
    });

    expect(only(json, "google_dataplex_datascan").data_quality_spec).toMatchObject({
      rules: [{ sql_assertion: { sql_statement: "SELECT id, other FROM $${data()} GROUP BY id, other HAVING COUNT(*) > 1" } }],
    });
    expect(only(json, "google_dataplex_datascan").data_quality_spec.row_filter).toBeUndefined();
  });

  test("a contract without a landed table is refused", () => {
    expect(() => deploy({}, [{ ...yellowTrips, name: "blue_trips", service: "blue" }])).toThrow(
      /"blue_trips" can't be scanned: it has no landed table/,
    );
  });
});
