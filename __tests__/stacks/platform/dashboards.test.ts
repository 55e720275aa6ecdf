import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { Testing } from "cdktf";
import { loadConfigurations } from "../../../config/load";
import { dashboardLinks, marts } from "../../../stacks/platform/dashboards";
import { PlatformStack } from "../../../stacks/platform-stack";
import { dev } from "../../constructs/synth";

const root = resolve(__dirname, "../../..");

test("there is a link for each of dbt's marts, and for nothing else", () => {
  const models = readdirSync(resolve(root, "pipelines/dbt/models/marts")).filter((name) => name.endsWith(".sql"));

  expect(Object.keys(marts).sort()).toEqual(models.map((name) => name.replace(".sql", "")).sort());
});

test("a link opens a report on the table, without an alias, which Google's empty report doesn't know", () => {
  const link = new URL(dashboardLinks(dev, "trips_marts").fct_trips);

  expect(`${link.origin}${link.pathname}`).toBe("https://lookerstudio.google.com/reporting/create");
  expect(Object.fromEntries(link.searchParams)).toEqual({
    "c.mode": "edit",
    "r.reportName": "Trips (dev)",
    "ds.connector": "bigQuery",
    "ds.datasourceName": "Trips (dev)",
    "ds.type": "TABLE",
    "ds.projectId": "acme-dev",
    "ds.datasetId": "trips_marts",
    "ds.tableId": "fct_trips",
    "ds.billingProjectId": "acme-dev",
  });
});

test("the deployment tells them, with the dataset that it made", () => {
  const folder = resolve(root, "__tests__/fixtures/config");
  const [configuration] = loadConfigurations({ folder, root, variables: {} });
  const json = JSON.parse(Testing.synth(new PlatformStack(Testing.app(), "dev", configuration!)));

  expect(Object.keys(json.output.dashboards.value)).toEqual(expect.arrayContaining(Object.keys(marts)));
  expect(json.output.dashboards.value.dim_zones).toMatch(
    /ds\.datasetId=\$\{google_bigquery_dataset\.warehouse_marts_dataset_\w+\.dataset_id\}&/,
  );
});
