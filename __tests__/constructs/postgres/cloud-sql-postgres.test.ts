import { TerraformOutput, type TerraformStack } from "cdktf";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Network } from "../../../constructs/network/network";
import { CloudSqlPostgres } from "../../../constructs/postgres/cloud-sql-postgres";
import type { CloudSqlPostgresProps } from "../../../constructs/postgres/cloud-sql-postgres-props";
import { PrivateServicesAccess } from "../../../constructs/postgres/private-services-access";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { dev, only, prod, resources, synth } from "../synth";

const INSTANCE = "google_sql_database_instance";
const identity = (stack: TerraformStack, workload: string) =>
  new WorkloadIdentity(stack, workload, { environment: dev, workload, description: workload });
const deploy = (props: Partial<CloudSqlPostgresProps> = {}, then: (made: CloudSqlPostgres, stack: TerraformStack) => void = () => {}) =>
  synth((stack) => {
    const network = new Network(stack, "network", { environment: dev });
    const access = new PrivateServicesAccess(stack, "services", { environment: dev, network });
    then(new CloudSqlPostgres(stack, "postgres", { environment: dev, access, writer: identity(stack, "ingest"), ...props }), stack);
  });
const instance = (props: Partial<CloudSqlPostgresProps> = {}) => only(deploy(props), INSTANCE);

describe("the instance", () => {
  test("minimal: Postgres 17 on the smallest machine, private, encrypted, with identities for passwords, backed up and watched", () => {
    const json = deploy();
    const [connection] = Object.keys(json.resource.google_service_networking_connection);
    const [range] = Object.keys(json.resource.google_compute_global_address);

    expect(only(json, INSTANCE)).toMatchObject({
      project: "acme-dev",
      region: "europe-west1",
      name: "trips",
      database_version: "POSTGRES_17",
      settings: {
        tier: "db-f1-micro",
        edition: "ENTERPRISE",
        availability_type: "ZONAL",
        disk_size: 10,
        disk_autoresize: true,
        disk_autoresize_limit: 50,
        database_flags: [{ name: "cloudsql.iam_authentication", value: "on" }],
        ip_configuration: {
          ipv4_enabled: false,
          private_network: `\${google_service_networking_connection.${connection}.network}`,
          allocated_ip_range: `\${google_compute_global_address.${range}.name}`,
          ssl_mode: "ENCRYPTED_ONLY",
        },
        backup_configuration: {
          enabled: true,
          start_time: "02:00",
          point_in_time_recovery_enabled: true,
          transaction_log_retention_days: 7,
          backup_retention_settings: { retained_backups: 7, retention_unit: "COUNT" },
        },
        maintenance_window: { day: 7, hour: 4, update_track: "stable" },
        insights_config: { query_insights_enabled: true, record_client_address: false },
        user_labels: { environment: "dev" },
      },
    });
    expect(instance().encryption_key_name).toBeUndefined();
  });

  test("size and care as asked for", () => {
    const made = instance({
      name: "trips-2",
      tier: "db-custom-2-7680",
      standby: true,
      diskGibibytes: 20,
      maxDiskGibibytes: 200,
      keptBackups: 30,
      recoveryDays: 3,
      backupHour: 23,
      maintenanceDay: 2,
      maintenanceHour: 5,
    });

    expect(made).toMatchObject({
      name: "trips-2",
      settings: {
        tier: "db-custom-2-7680",
        availability_type: "REGIONAL",
        disk_size: 20,
        disk_autoresize_limit: 200,
        backup_configuration: {
          start_time: "23:00",
          transaction_log_retention_days: 3,
          backup_retention_settings: { retained_backups: 30 },
        },
        maintenance_window: { day: 2, hour: 5 },
      },
    });
  });

  test("a disk that has grown by itself doesn't have the instance replaced", () => {
    expect(instance().lifecycle).toEqual({ ignore_changes: ["settings[0].disk_size"] });
  });

  test("it may be destroyed, by Terraform or by hand, only when the environment and the caller both ask for it; else its backups stay", () => {
    const protectedBy = (environment: typeof dev, destroyData: boolean) => {
      const { deletion_protection: own, settings } = instance({ environment, destroyData });
      return [own, settings.deletion_protection_enabled, settings.retain_backups_on_delete];
    };

    expect(protectedBy(dev, true)).toEqual([false, false, false]);
    expect(protectedBy(dev, false)).toEqual([true, true, true]);
    expect(protectedBy(prod, true)).toEqual([true, true, true]);
  });

  test("with a key: encrypted with it, once Cloud SQL may use it", () => {
    const json = synth((stack) => {
      const keyRing = new KeyRing(stack, "ring", { environment: dev });
      const encryptionKey = new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" });
      const network = new Network(stack, "network", { environment: dev });
      const access = new PrivateServicesAccess(stack, "services", { environment: dev, network });
      new CloudSqlPostgres(stack, "postgres", { environment: dev, access, writer: identity(stack, "ingest"), encryptionKey });
    });

    expect(only(json, INSTANCE)).toMatchObject({
      encryption_key_name: expect.stringMatching(/\/cryptoKeys\//),
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\./)],
    });
    expect(only(json, "google_kms_crypto_key_iam_member").member).toBe(
      "serviceAccount:service-123456789012@gcp-sa-cloud-sql.iam.gserviceaccount.com",
    );
  });

  test.each([
    [{ name: "Trips" }, /The instance's name "Trips" must be 1 to 80/],
    [{ tier: "db-perf-optimized-N-2" }, /tier "db-perf-optimized-N-2" must be db-f1-micro, db-g1-small or db-custom/],
    [{ diskGibibytes: 5 }, /diskGibibytes must be a whole number from 10 to 65536, not 5/],
    [{ diskGibibytes: 100 }, /maxDiskGibibytes must be a whole number from 100 to 65536, not 50/],
    [{ keptBackups: 0 }, /keptBackups must be .* from 1 to 365, not 0/],
    [{ recoveryDays: 14 }, /recoveryDays must be .* from 1 to 7, not 14/],
    [{ backupHour: 24 }, /backupHour must be .* from 0 to 23/],
    [{ maintenanceDay: 0 }, /maintenanceDay must be .* from 1 to 7/],
    [{ maintenanceHour: 1.5 }, /maintenanceHour must be .* not 1\.5/],
  ])("%j is refused", (props, message) => {
    expect(() => deploy(props)).toThrow(message);
  });
});

describe("who gets in", () => {
  const users = (json: any) => resources(json, "google_sql_user");

  test("the writer is a user without a password, named by its account as Postgres wants it", () => {
    const json = deploy();
    const [account] = Object.keys(json.resource.google_service_account);

    expect(users(json)).toHaveLength(1);
    expect(users(json)[0]).toMatchObject({
      type: "CLOUD_IAM_SERVICE_ACCOUNT",
      name: `\${trimsuffix(google_service_account.${account}.email, ".gserviceaccount.com")}`,
      deletion_policy: "ABANDON",
    });
    expect(JSON.stringify(json)).not.toMatch(/password"|password_wo/);
  });

  test("each workload may connect to and log in at this instance alone", () => {
    const json = deploy({}, (made, stack) => {
      expect(made.writerGrants).toHaveLength(2);
      expect(made.grantRead(identity(stack, "dashboards"))).toHaveLength(2);
    });
    const grants = resources(json, "google_project_iam_member");

    expect(grants.map(({ role }) => role).sort()).toEqual([
      "roles/cloudsql.client",
      "roles/cloudsql.client",
      "roles/cloudsql.instanceUser",
      "roles/cloudsql.instanceUser",
    ]);
    expect(new Set(grants.map(({ member }) => member)).size).toBe(2);
    for (const { condition } of grants) {
      expect(condition.expression).toMatch(
        /^resource\.name == 'projects\/acme-dev\/instances\/\$\{google_sql_database_instance\.\w+\.name\}' && resource\.type == 'sqladmin\.googleapis\.com\/Instance'$/,
      );
    }
    expect(users(json)).toHaveLength(2);
  });

  test("what a loader must know: the private address, the database, the writer, and no password file", () => {
    const json = deploy({ database: "taxi" }, ({ host, port, database, user, passwordFile }, stack) => {
      expect(passwordFile).toBeUndefined();
      new TerraformOutput(stack, "reached", { value: { host, port, database, user } });
    });

    expect(json.output.reached.value).toEqual({
      host: expect.stringMatching(/^\$\{google_sql_database_instance\.\w+\.private_ip_address\}$/),
      port: 5432,
      database: expect.stringMatching(/^\$\{google_sql_database\.\w+\.name\}$/),
      user: expect.stringMatching(/^\$\{google_sql_user\.[\w-]+\.name\}$/),
    });
    expect(only(json, "google_sql_database")).toMatchObject({ name: "taxi", deletion_policy: "ABANDON" });
  });
});
