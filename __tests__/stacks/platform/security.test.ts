import { resolve } from "node:path";
import { loadConfigurations } from "../../../config/load";
import { security as schema } from "../../../config/parts/security";
import { composeSecurity } from "../../../stacks/platform/security";
import { platformServices } from "../../../stacks/platform/services";
import { composeWorkloads } from "../../../stacks/platform/workloads";
import { dev, only, prod, resources, synth } from "../../constructs/synth";

const folder = resolve(__dirname, "../../fixtures/config");
const configuration = loadConfigurations({ folder, variables: {} })[0]!;
const configured = (settings: object) => ({ ...configuration, security: schema.parse(settings) });
const synthSecurity = (settings: object, environment = dev) =>
  synth((stack) => composeSecurity(stack, environment, configured(settings), composeWorkloads(stack, environment)));
// Monitoring needs Cloud Logging's API as well.
const unwatched = { ...configuration.monitoring, enabled: false };
const servicesOf = (settings: object) => platformServices({ ...configured(settings), monitoring: unwatched });

const bare = { registry: { formats: [] }, auditLog: { enabled: false } };

test("everything switched off, there is nothing, and no API for it", () => {
  expect(Object.keys(synthSecurity(bare).resource)).toEqual(["google_service_account"]);
  for (const api of ["cloudkms", "secretmanager", "artifactregistry", "logging", "pubsub"]) {
    expect(servicesOf(bare)).not.toContain(`${api}.googleapis.com`);
  }
});

test("a key of the customer's own encrypts secrets, registry and audit log, each once its service may use it", () => {
  const settings = {
    customerManagedKeys: true,
    keys: { keyRing: "trips-2", rotationDays: 30, destroyScheduledDays: 7 },
    secrets: { weather: { reminder: { first: "2030-01-31T09:00:00Z" } } },
  };
  const json = synthSecurity(settings);

  expect(only(json, "google_kms_key_ring").name).toBe("trips-2");
  expect(only(json, "google_kms_crypto_key")).toMatchObject({ rotation_period: "2592000s", destroy_scheduled_duration: "604800s" });
  expect(resources(json, "google_artifact_registry_repository").map(({ kms_key_name }) => kms_key_name)).toEqual([
    expect.stringMatching(/cryptoKeys/),
    expect.stringMatching(/cryptoKeys/),
  ]);
  expect(only(json, "google_secret_manager_secret").replication.user_managed.replicas[0].customer_managed_encryption).toBeDefined();
  expect(only(json, "google_bigquery_dataset").default_encryption_configuration).toBeDefined();
  expect(
    resources(json, "google_kms_crypto_key_iam_member")
      .map(({ member }) => member.split("@")[1].split(".")[0])
      .sort(),
  ).toEqual(["bigquery-encryption", "gcp-sa-artifactregistry", "gcp-sa-pubsub", "gcp-sa-secretmanager"]);
  expect(servicesOf(settings)).toContain("cloudkms.googleapis.com");
  expect(JSON.stringify(only(json, "terraform_data").provisioner)).toContain(
    `:-${String(configuration.identity.grantPropagationSeconds)}}`,
  );
});

test("a configured secret: its readers, its adders, and one topic for the reminders of all", () => {
  const reminder = { first: "2030-01-31T09:00:00Z", everyDays: 30 };
  const settings = {
    ...bare,
    secrets: {
      weather: { readers: ["spark", "ingest"], adders: ["group:engineers@example.com"], reminder },
      maps: { reminder },
      plain: {},
    },
  };
  const json = synthSecurity(settings);

  const grants = resources(json, "google_secret_manager_secret_iam_member");
  expect(grants.map(({ role, member }) => `${role} ${member.replace(/_account_.*/, "")}`).sort()).toEqual([
    "roles/secretmanager.secretAccessor ${google_service_account.ingest",
    "roles/secretmanager.secretAccessor ${google_service_account.spark",
    "roles/secretmanager.secretVersionAdder group:engineers@example.com",
  ]);
  expect(resources(json, "google_pubsub_topic")).toHaveLength(1);
  expect(resources(json, "google_secret_manager_secret").filter(({ rotation }) => rotation?.rotation_period === "2592000s")).toHaveLength(
    2,
  );
  expect(servicesOf(settings)).toEqual(expect.arrayContaining(["secretmanager.googleapis.com", "pubsub.googleapis.com"]));
});

test("registry and audit log as configured", () => {
  const json = synthSecurity({
    registry: { formats: ["docker"], immutableTags: true, keepVersions: 3, deleteAfterDays: 7 },
    auditLog: { datasetId: "audit", retentionDays: 10, dataAccess: ["storage.googleapis.com"], readers: ["group:auditors@example.com"] },
  });

  expect(servicesOf({ auditLog: { enabled: true } })).toContain("logging.googleapis.com");
  const repository = only(json, "google_artifact_registry_repository");
  expect(repository.docker_config.immutable_tags).toBe(true);
  expect(repository.cleanup_policies).toMatchObject([
    { most_recent_versions: { keep_count: 3 } },
    { condition: { older_than: "604800s" } },
  ]);
  expect(only(json, "google_bigquery_dataset")).toMatchObject({ dataset_id: "audit", default_partition_expiration_ms: 864_000_000 });
  expect(only(json, "google_project_iam_audit_config").service).toBe("storage.googleapis.com");
  expect(resources(json, "google_bigquery_dataset_iam_member").map(({ member }) => member)).toContain("group:auditors@example.com");
});

test("prod keeps keys, secrets, artifacts and logs: none can be destroyed", () => {
  const settings = { customerManagedKeys: true, secrets: { weather: {} } };
  const protections = (json: any) => [
    only(json, "google_kms_crypto_key").lifecycle.prevent_destroy,
    only(json, "google_secret_manager_secret").deletion_protection,
    ...resources(json, "google_artifact_registry_repository").map(({ lifecycle }) => lifecycle.prevent_destroy),
    !only(json, "google_bigquery_dataset").delete_contents_on_destroy,
  ];

  expect(protections(synthSecurity(settings, prod))).toEqual([true, true, true, true, true]);
  expect(protections(synthSecurity(settings, dev))).toEqual([false, false, false, false, false]);
});
