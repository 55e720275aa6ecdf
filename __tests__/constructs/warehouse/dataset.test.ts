import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { Dataset } from "../../../constructs/warehouse/dataset";
import type { DatasetProps } from "../../../constructs/warehouse/dataset-props";
import { View } from "../../../constructs/warehouse/view";
import { dev, only, resources, synth } from "../synth";

const base = { environment: dev, datasetId: "d", description: "D." };
const deploy = (props: Partial<DatasetProps> = {}) =>
  only(
    synth((stack) => new Dataset(stack, "dataset", { ...base, ...props })),
    "google_bigquery_dataset",
  );

describe("Dataset", () => {
  test("minimal: nothing expires, Google's own keys", () => {
    expect(deploy()).toEqual({
      dataset_id: "d",
      description: "D.",
      location: "europe-west1",
      max_time_travel_hours: "168",
      delete_contents_on_destroy: false,
      labels: { environment: "dev" },
    });
  });

  test("expirations are given in days", () => {
    expect(deploy({ tableExpirationDays: 7, partitionExpirationDays: 365 })).toMatchObject({
      default_table_expiration_ms: 604_800_000,
      default_partition_expiration_ms: 31_536_000_000,
    });
  });

  test("with a key of one's own, once BigQuery may use it", () => {
    const json = synth((stack) => {
      const keyRing = new KeyRing(stack, "ring", { environment: dev });
      new Dataset(stack, "dataset", {
        ...base,
        encryptionKey: new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" }),
      });
    });
    const dataset = only(json, "google_bigquery_dataset");

    expect(dataset.default_encryption_configuration.kms_key_name).toMatch(/\/cryptoKeys\//);
    expect(dataset.depends_on).toEqual([expect.stringMatching(/^google_kms_crypto_key_iam_member\./)]);
    expect(only(json, "google_kms_crypto_key_iam_member").member).toBe(
      "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com",
    );
  });

  test("authorises a view, and does so again when the view changes: BigQuery forgets it then", () => {
    const json = synth((stack) => {
      const tables = new Dataset(stack, "tables", { ...base, authorizesViews: true });
      const views = new Dataset(stack, "views", { ...base, datasetId: "v" });
      const view = new View(stack, "view", {
        environment: dev,
        dataset: views,
        viewId: "one",
        description: "One.",
        query: "select 1 as n",
      });
      tables.authorized?.addView("one", view.table);
      expect(views.authorized).toBeUndefined();
    });
    const [view] = Object.keys(json.resource.google_bigquery_table);

    expect(only(json, "google_bigquery_dataset_access")).toEqual({
      dataset_id: expect.stringMatching(/google_bigquery_dataset\.tables_dataset/),
      view: {
        project_id: "acme-dev",
        dataset_id: `\${google_bigquery_table.${view}.dataset_id}`,
        table_id: `\${google_bigquery_table.${view}.table_id}`,
      },
      lifecycle: { replace_triggered_by: [`google_bigquery_table.${view}.view`, `google_bigquery_table.${view}.materialized_view`] },
    });
  });

  test("remembers whom it was granted", () => {
    synth((stack) => {
      const dataset = new Dataset(stack, "dataset", base);
      dataset.grantRead({ id: "a", member: "group:a@example.com" });
      dataset.grantWrite({ id: "a", member: "group:a@example.com" });
      expect(dataset.grantedMembers).toEqual(["group:a@example.com"]);
    });
  });
});

test("a view is in GoogleSQL and may be destroyed: it holds no rows", () => {
  const json = synth((stack) => {
    const dataset = new Dataset(stack, "dataset", base);
    new View(stack, "view", { environment: dev, dataset, viewId: "one", description: "One.", query: "select 1 as n" });
  });

  expect(resources(json, "google_bigquery_table")).toEqual([
    expect.objectContaining({ table_id: "one", view: { query: "select 1 as n", use_legacy_sql: false }, deletion_protection: false }),
  ]);
});
