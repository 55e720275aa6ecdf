import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Dataset } from "../../../constructs/warehouse/dataset";
import { ScheduledQueries } from "../../../constructs/warehouse/scheduled-queries";
import type { ScheduledQueryProps } from "../../../constructs/warehouse/scheduled-queries-props";
import { dev, only, resources, synth } from "../synth";

const query = { displayName: "Ones", query: "SELECT 1 AS one", schedule: "every day 06:00" };

const deploy = (props: (dataset: Dataset) => Partial<ScheduledQueryProps> = () => ({})) =>
  synth((stack) => {
    const identity = new WorkloadIdentity(stack, "identity", { environment: dev, workload: "operations", description: "Keeps the books." });
    const dataset = new Dataset(stack, "dataset", { environment: dev, datasetId: "trips_operations", description: "Books." });
    const queries = new ScheduledQueries(stack, "queries", { environment: dev, identity });
    queries.waitFor(dataset.grantWrite(identity));
    queries.add("ones", { ...query, ...props(dataset) });
    queries.add("twos", { ...query, displayName: "Twos" });
  });
const ones = (json: any) => resources(json, "google_bigquery_data_transfer_config").find(({ display_name }) => display_name === "Ones");

describe("ScheduledQueries", () => {
  test("a query runs under the workload's account, in the environment's location", () => {
    expect(ones(deploy())).toMatchObject({
      data_source_id: "scheduled_query",
      location: "europe-west1",
      schedule: "every day 06:00",
      service_account_name: expect.stringMatching(/^\$\{google_service_account\.identity_account_\w+\.email\}$/),
      params: { query: "SELECT 1 AS one" },
    });
    expect(ones(deploy()).destination_dataset_id).toBeUndefined();
  });

  test("the transfer service may mint tokens of that account, and of no other; once for all queries", () => {
    expect(only(deploy(), "google_service_account_iam_member")).toMatchObject({
      service_account_id: expect.stringMatching(/identity_account/),
      role: "roles/iam.serviceAccountTokenCreator",
      member: "serviceAccount:service-123456789012@gcp-sa-bigquerydatatransfer.iam.gserviceaccount.com",
    });
  });

  test("queries are made once the grants are in force: that, and those that they need themselves", () => {
    const json = deploy();
    const [[wait, ready]] = Object.entries<any>(json.resource.terraform_data) as [[string, any]];

    for (const one of resources(json, "google_bigquery_data_transfer_config")) expect(one.depends_on).toEqual([`terraform_data.${wait}`]);
    const waitedFor = JSON.stringify(ready.triggers_replace);
    expect(waitedFor).toContain("google_service_account_iam_member.");
    expect(waitedFor).toContain("google_bigquery_dataset_iam_member.");
    expect(waitedFor).toContain("google_project_iam_member.");
    expect(only(json, "google_project_iam_member").role).toBe("roles/bigquery.jobUser");
  });

  test("the rows of a SELECT take the place of a table's, or are added to them", () => {
    const into = (appendsRows?: boolean) =>
      ones(deploy((destination) => ({ destination, destinationTable: "ones", appendsRows, notificationTopic: "projects/p/topics/t" })));

    expect(into()).toMatchObject({
      destination_dataset_id: expect.stringMatching(/dataset_id\}$/),
      params: { destination_table_name_template: "ones", write_disposition: "WRITE_TRUNCATE" },
      notification_pubsub_topic: "projects/p/topics/t",
    });
    expect(into(true).params.write_disposition).toBe("WRITE_APPEND");
  });

  test("a table without its dataset is refused", () => {
    expect(() => deploy(() => ({ destinationTable: "ones" }))).toThrow(
      /"Ones" must have both destination and destinationTable, or neither/,
    );
  });
});
