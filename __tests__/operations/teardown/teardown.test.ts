import type { Plan } from "../../../operations/guard/plan";
import { GoogleApi } from "../../../operations/google/google-api";
import { lostData } from "../../../operations/teardown/inventory";
import { leftovers } from "../../../operations/teardown/leftovers";
import { GoogleDouble, refusal } from "../google/double";

const destroyed = (type: string, before: object): Plan["resource_changes"] => [
  { address: `${type}.it`, type, change: { actions: ["delete"], before: before as Record<string, unknown>, after: null } },
];

describe("what data goes", () => {
  test("buckets, tables and disks are named; a view and a service account hold none", () => {
    const plan: Plan = {
      format_version: "1.2",
      resource_changes: [
        ...destroyed("google_storage_bucket", { name: "acme-dev-lake-raw" })!,
        ...destroyed("google_bigquery_table", { table_id: "fct_trips" })!,
        ...destroyed("google_bigquery_table", { table_id: "v_trips", view: [{ query: "select 1" }] })!,
        ...destroyed("google_service_account", { account_id: "trips-ingest" })!,
      ],
    };

    expect(lostData(plan).map(({ name, what }) => [name, what])).toEqual([
      ["acme-dev-lake-raw", "its objects and their older versions"],
      ["fct_trips", "its rows"],
    ]);
  });
});

describe("what Google leaves behind", () => {
  let double: GoogleDouble;
  beforeEach(async () => {
    double = new GoogleDouble();
    await double.start();
    const compute = "compute/compute/v1/projects/acme-dev";
    double
      .on("GET", /^storage\/storage\/v1\/b$/, {
        body: { items: ["acme-dev-terraform-state", "dataproc-staging-europe-west1-1-x", "acme-dev-old"].map((name) => ({ name })) },
      })
      .on("GET", new RegExp(`^${compute}/aggregated/disks$`), {
        body: {
          items: {
            "zones/a": { disks: [{ name: "pvc-1", sizeGb: "100", zone: "https://x/zones/europe-west1-b" }] },
            "zones/b": { warning: {} },
          },
        },
      })
      .on("GET", new RegExp(`^${compute}/aggregated/addresses$`), {
        body: {
          items: {
            "regions/a": {
              addresses: [
                { name: "nat", status: "IN_USE", address: "1.1.1.1" },
                { name: "old", status: "RESERVED", address: "2.2.2.2", region: "https://x/regions/europe-west1" },
              ],
            },
            global: { addresses: [{ name: "peering", status: "RESERVED", address: "10.1.0.0" }] },
          },
        },
      })
      .on("GET", new RegExp(`^${compute}/global/snapshots$`), { body: { items: [{ name: "snap", diskSizeGb: "20" }] } })
      .on("GET", new RegExp(`^${compute}/global/networks$`), { body: { items: [{ name: "default" }, { name: "trips" }] } })
      .on("GET", /^bigquery/, { body: { datasets: [{ datasetReference: { datasetId: "scratch" } }] } });
  });
  afterEach(() => double.stop());
  const google = () =>
    new GoogleApi({
      credentials: { kind: "x", token: () => Promise.resolve("t") },
      signal: new AbortController().signal,
      endpoint: double.endpoint,
      patience: 1,
    });

  const place = { project: "acme-dev", stateBucket: "acme-dev-terraform-state" };

  test("each command names the project that it is meant for, and where in it", async () => {
    const { found } = await leftovers(google(), place);

    const commands = found.map(({ remove }) => remove).filter((remove) => remove.startsWith("gcloud compute"));
    expect(commands).toEqual([
      "gcloud compute disks delete pvc-1 --zone europe-west1-b --project acme-dev",
      "gcloud compute snapshots delete snap --project acme-dev",
      "gcloud compute addresses delete old --region europe-west1 --project acme-dev",
      "gcloud compute addresses delete peering --global --project acme-dev",
      "gcloud compute networks delete default --project acme-dev",
    ]);
  });

  test("the bucket of the states is known by the name that the configuration gives it", async () => {
    const { found } = await leftovers(google(), { ...place, stateBucket: "acme-dev-old" });

    expect(found.filter(({ remove }) => remove.startsWith("keep it")).map(({ what }) => what)).toEqual([
      "bucket acme-dev-old, with Terraform's states",
    ]);
  });

  test("is named with its cost and how to remove it; only lists are read", async () => {
    const { found, unread } = await leftovers(google(), place);

    expect(found.map(({ what }) => what)).toEqual([
      "bucket acme-dev-terraform-state, with Terraform's states",
      "bucket dataproc-staging-europe-west1-1-x, made by a Google service for itself",
      "bucket acme-dev-old",
      "disk pvc-1 of 100 GB",
      "snapshot snap of a disk of 20 GB",
      "address 2.2.2.2 (old), reserved and not in use",
      "address 10.1.0.0 (peering), reserved and not in use",
      "the network default, which Google makes, open to SSH from everywhere",
      "dataset scratch",
    ]);
    expect(found[3]).toEqual({
      what: "disk pvc-1 of 100 GB",
      cost: "10.00 USD a month (balanced)",
      remove: "gcloud compute disks delete pvc-1 --zone europe-west1-b --project acme-dev",
    });
    expect(unread).toEqual([]);
    expect(new Set(double.calls.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  test("a list that may not be read is told; one of an API that is off holds nothing", async () => {
    double.on("GET", /aggregated\/disks$/, refusal(403, "Required 'compute.disks.list' permission"));
    double.on("GET", /^bigquery/, refusal(403, "off", "SERVICE_DISABLED", { service: "bigquery.googleapis.com" }));

    const { found, unread } = await leftovers(google(), place);

    expect(unread).toEqual([expect.stringContaining("compute.disks.list")]);
    expect(found.map(({ what }) => what)).not.toContain("dataset scratch");
  });
});
