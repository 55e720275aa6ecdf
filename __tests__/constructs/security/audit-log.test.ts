import { AuditLog } from "../../../constructs/security/audit-log";
import type { AuditLogProps } from "../../../constructs/security/audit-log-props";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { dev, only, prod, resources, synth } from "../synth";

const auditLog = (props: Partial<AuditLogProps> = {}, then: (made: AuditLog) => void = () => {}) =>
  synth((stack) => {
    then(new AuditLog(stack, "audit-log", { environment: dev, ...props }));
  });

describe("AuditLog", () => {
  test("minimal: every audit log of the project, in partitioned tables that forget after 400 days", () => {
    const json = auditLog();

    expect(only(json, "google_bigquery_dataset")).toMatchObject({
      dataset_id: "trips_audit",
      location: "europe-west1",
      default_partition_expiration_ms: 34_560_000_000,
      delete_contents_on_destroy: false,
    });
    expect(only(json, "google_logging_project_sink")).toMatchObject({
      project: "acme-dev",
      destination: expect.stringMatching(
        /^bigquery\.googleapis\.com\/projects\/acme-dev\/datasets\/\$\{google_bigquery_dataset\.[\w-]+\.dataset_id\}$/,
      ),
      bigquery_options: { use_partitioned_tables: true },
      unique_writer_identity: true,
      filter: ["activity", "data_access", "policy", "system_event"].map((log) => `log_id("cloudaudit.googleapis.com/${log}")`).join(" OR "),
    });
    expect(resources(json, "google_project_iam_audit_config")).toEqual([]);
  });

  test("the sink's own account may write to the dataset, and nowhere else", () => {
    const json = auditLog();

    const [sink] = Object.keys(json.resource.google_logging_project_sink);
    expect(only(json, "google_bigquery_dataset_iam_member")).toMatchObject({
      role: "roles/bigquery.dataEditor",
      member: `\${google_logging_project_sink.${sink}.writer_identity}`,
    });
    expect(Object.keys(json.resource).filter((type) => type.endsWith("_iam_member"))).toEqual(["google_bigquery_dataset_iam_member"]);
  });

  test("reads and writes of data are logged for the services that are named", () => {
    const json = auditLog({ dataAccess: ["storage.googleapis.com", "secretmanager.googleapis.com"] });

    const configs = resources(json, "google_project_iam_audit_config");
    expect(configs.map(({ service }) => service).sort()).toEqual(["secretmanager.googleapis.com", "storage.googleapis.com"]);
    expect(configs[0]).toMatchObject({ project: "acme-dev", audit_log_config: [{ log_type: "DATA_READ" }, { log_type: "DATA_WRITE" }] });
    expect(() => auditLog({ dataAccess: ["storage"] })).toThrow(/"storage" is no service .* such as storage\.googleapis\.com/);
  });

  test("with a key: tables are encrypted with it, once BigQuery may use it", () => {
    const json = synth((stack) => {
      const keyRing = new KeyRing(stack, "ring", { environment: dev });
      const encryptionKey = new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" });
      new AuditLog(stack, "audit-log", { environment: dev, encryptionKey });
    });

    expect(only(json, "google_bigquery_dataset")).toMatchObject({
      default_encryption_configuration: { kms_key_name: expect.stringMatching(/\/cryptoKeys\//) },
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\./)],
    });
  });

  test("who reads the logs can't write them", () => {
    const json = auditLog({}, (made) => made.grantRead({ id: "auditors", member: "group:auditors@example.com" }));

    const grants = resources(json, "google_bigquery_dataset_iam_member").filter(({ member }) => member.startsWith("group:"));
    expect(grants.map(({ role }) => role)).toEqual(["roles/bigquery.dataViewer"]);
  });

  test("the tables go with the dataset only when the environment and the caller both ask for it", () => {
    const destroyed = (environment: typeof dev, destroyTables: boolean) =>
      only(auditLog({ environment, destroyTables }), "google_bigquery_dataset").delete_contents_on_destroy;

    expect([destroyed(dev, true), destroyed(dev, false), destroyed(prod, true)]).toEqual([true, false, false]);
  });

  test("a retention of no whole day is refused", () => {
    expect(() => auditLog({ retentionDays: 0 })).toThrow(/retentionDays of the audit log must be .* not 0/);
  });
});
