import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Dataset } from "../../../constructs/warehouse/dataset";
import { JobCosts } from "../../../constructs/warehouse/job-costs";
import { jobCostsQuery } from "../../../constructs/warehouse/job-costs-query";
import { ScheduledQueries } from "../../../constructs/warehouse/scheduled-queries";
import { duckDbDdl } from "../../../contracts/render/sql";
import { jobCosts } from "../../../contracts/tables/job-costs";
import { dev, only, resources, synth } from "../synth";

describe("JobCosts", () => {
  const json = synth((stack) => {
    const identity = new WorkloadIdentity(stack, "identity", { environment: dev, workload: "operations", description: "Keeps the books." });
    const dataset = new Dataset(stack, "dataset", { environment: dev, datasetId: "trips_operations", description: "Books." });
    const queries = new ScheduledQueries(stack, "queries", { environment: dev, identity });
    new JobCosts(stack, "job-costs", { environment: dev, dataset, queries });
  });

  test("Terraform's table is filled from the jobs of this project and region", () => {
    const { query } = only(json, "google_bigquery_data_transfer_config").params;

    expect(only(json, "google_bigquery_table")).toMatchObject({ table_id: "job_costs", deletion_protection: true });
    expect(query).toMatch(/^\nMERGE INTO `acme-dev\.\$\{google_bigquery_table\.[\w-]+\.dataset_id\}\.\$\{.+\.table_id\}` AS kept/);
    expect(query).toContain("FROM `acme-dev`.`region-europe-west1`.INFORMATION_SCHEMA.JOBS\n");
  });

  test("the account may run jobs, see those of others, and write this dataset", () => {
    expect(resources(json, "google_project_iam_member").map(({ role }) => role)).toEqual([
      "roles/bigquery.jobUser",
      "roles/bigquery.resourceViewer",
    ]);
    expect(only(json, "google_bigquery_dataset_iam_member").role).toBe("roles/bigquery.dataEditor");
  });
});

describe("what the query does", () => {
  let connection: DuckDBConnection;
  beforeEach(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(duckDbDdl(jobCosts));
    await connection.run(
      "CREATE TABLE jobs (creation_time TIMESTAMPTZ, user_email VARCHAR, job_type VARCHAR, statement_type VARCHAR, error_result VARCHAR, total_bytes_billed BIGINT, total_slot_ms BIGINT)",
    );
  });
  afterEach(() => {
    connection.closeSync();
  });

  const run = (date: string) => connection.run(jobCostsQuery("job_costs", "jobs").replaceAll("@run_date", `DATE '${date}'`));
  const job = (time: string, rest: string) => connection.run(`INSERT INTO jobs VALUES ('${time}+00', ${rest})`);
  const kept = async () => (await connection.runAndReadAll("SELECT * FROM job_costs ORDER BY ALL")).getRowsJson();

  test("whole days before the run's, by account and kind; a script counts by its statements", async () => {
    await job("2024-03-05 00:00:00", "'a@x', 'QUERY', 'SELECT', NULL, 100, 7");
    await job("2024-03-05 23:59:59", "'a@x', 'QUERY', 'MERGE', 'bad', NULL, NULL");
    await job("2024-03-05 12:00:00", "'a@x', 'QUERY', 'SCRIPT', NULL, 999, 999");
    await job("2024-03-05 12:00:00", "NULL, 'LOAD', NULL, NULL, NULL, 3");
    await job("2024-03-06 00:00:00", "'a@x', 'QUERY', 'SELECT', NULL, 1, 1");

    await run("2024-03-06");

    expect(await kept()).toEqual([
      ["2024-03-05", "", "LOAD", "1", "0", "0", "3"],
      ["2024-03-05", "a@x", "QUERY", "2", "1", "100", "7"],
    ]);
  });

  test("a day that was missed or counted too early is mended for a week, and what is older stays", async () => {
    await job("2024-03-01 12:00:00", "'a@x', 'QUERY', 'SELECT', NULL, 10, 1");
    await run("2024-03-02");
    await job("2024-03-01 13:00:00", "'a@x', 'QUERY', 'SELECT', NULL, 5, 1");
    await job("2024-03-04 12:00:00", "'b@x', 'QUERY', 'SELECT', NULL, 1, 1");
    await run("2024-03-06");
    await run("2024-03-06");
    expect(await kept()).toEqual([
      ["2024-03-01", "a@x", "QUERY", "2", "0", "15", "2"],
      ["2024-03-04", "b@x", "QUERY", "1", "0", "1", "1"],
    ]);

    await connection.run("DELETE FROM jobs");
    await run("2024-09-30");
    expect(await kept()).toHaveLength(2);
  });
});
