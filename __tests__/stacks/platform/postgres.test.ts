import { Testing } from "cdktf";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadConfigurations } from "../../../config/load";
import { PlatformStack } from "../../../stacks/platform-stack";
import { only, resources } from "../../constructs/synth";
import { findingsIn } from "../../policies/every-stack";

const root = resolve(__dirname, "../../..");
const fixtures = resolve(__dirname, "../../fixtures/config");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "postgres-stack-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Configuration files: the fixture's, but for dev's Postgres and what is put beside it. */
function configure(postgres: object, besides = ""): void {
  const dev = readFileSync(join(fixtures, "dev.yaml"), "utf8").replace(/^postgres:\n(?: .*\n)*/m, "");
  writeFileSync(join(folder, "dev.yaml"), `${dev}\npostgres: ${JSON.stringify(postgres)}\n${besides}\n`);
  writeFileSync(join(folder, "prod.yaml"), readFileSync(join(fixtures, "prod.yaml"), "utf8"));
}

function synth(postgres: object, besides?: string): any {
  configure(postgres, besides);
  const configuration = loadConfigurations({ folder, root, variables: {} }).find(({ name }) => name === "dev")!;
  return JSON.parse(Testing.synth(new PlatformStack(Testing.app(), "dev", configuration)));
}

const INSTANCE = "google_sql_database_instance";
const services = (json: any) => resources(json, "google_project_service").map(({ service }) => service);

test("none: no instance, no container, no API, no output", () => {
  const json = synth({ kind: "none" });

  expect(resources(json, INSTANCE)).toEqual([]);
  expect(resources(json, "docker_container")).toEqual([]);
  expect(services(json)).not.toContain("sqladmin.googleapis.com");
  expect(json.output.postgres).toBeUndefined();
});

test("docker: reached on this machine by a password in a file; nothing of Cloud SQL", () => {
  const json = synth({ kind: "docker", port: 5499, passwordFile: "/fixture/password" });

  expect(json.output.postgres.value).toEqual({
    host: "127.0.0.1",
    port: 5499,
    database: "trips",
    user: "trips",
    password_file: "/fixture/password",
  });
  expect(resources(json, INSTANCE)).toEqual([]);
});

describe("cloud_sql", () => {
  const cloudSql = {
    name: "trips-2",
    tier: "db-custom-2-7680",
    standby: true,
    diskGibibytes: 20,
    maxDiskGibibytes: 100,
    rangePrefixLength: 22,
  };

  test("every setting reaches the instance, which has the network's addresses and its APIs; Docker isn't asked for", () => {
    const json = synth({
      kind: "cloud_sql",
      database: "taxi",
      cloudSql: { ...cloudSql, keptBackups: 14, recoveryDays: 3, backupHour: 1, maintenanceDay: 6, maintenanceHour: 5 },
    });

    expect(only(json, INSTANCE)).toMatchObject({
      name: "trips-2",
      deletion_protection: false,
      settings: {
        tier: "db-custom-2-7680",
        availability_type: "REGIONAL",
        disk_size: 20,
        disk_autoresize_limit: 100,
        backup_configuration: {
          start_time: "01:00",
          transaction_log_retention_days: 3,
          backup_retention_settings: { retained_backups: 14 },
        },
        maintenance_window: { day: 6, hour: 5 },
        deletion_protection_enabled: false,
      },
    });
    expect(only(json, "google_sql_database")).toMatchObject({ name: "taxi" });
    expect(only(json, "google_compute_global_address")).toMatchObject({ prefix_length: 22 });
    expect(services(json)).toEqual(expect.arrayContaining(["sqladmin.googleapis.com", "servicenetworking.googleapis.com"]));
    expect(json.provider.docker).toBeUndefined();
  });

  test("ingest, dbt and dashboards log in by their identities, and go with the instance when it is replaced", () => {
    const json = synth({ kind: "cloud_sql" });
    const [instance] = Object.keys(json.resource[INSTANCE]);
    const users = resources(json, "google_sql_user");

    expect(users.map(({ name }) => /account\.(\w+?)_account/.exec(name)?.[1]).sort()).toEqual(["dashboards", "ingest", "transform"]);
    for (const { lifecycle } of [...users, only(json, "google_sql_database")]) {
      expect(lifecycle).toEqual({ replace_triggered_by: [`${INSTANCE}.${instance}.id`] });
    }
    const grants = resources(json, "google_project_iam_member").filter(({ role }) => role.startsWith("roles/cloudsql."));
    expect(grants).toHaveLength(6);
  });

  test("the output tells address, connection and the rights that a person gives once; no password", () => {
    const { value } = synth({ kind: "cloud_sql" }).output.postgres;

    expect(value).toMatchObject({
      host: expect.stringMatching(/private_ip_address/),
      port: 5432,
      connection_name: expect.stringMatching(/connection_name/),
      rights: { as_administrator: expect.stringMatching(/^GRANT CREATE ON DATABASE/) },
    });
    expect(value).not.toHaveProperty("password_file");
    expect(value.rights.as_writer.match(/GRANT USAGE ON SCHEMA "trips"/g)).toHaveLength(2);
  });

  test("disk and connections are watched against what is configured", () => {
    const json = synth({ kind: "cloud_sql", cloudSql }, "monitoring: {enabled: true}");
    const alerts = resources(json, "google_monitoring_alert_policy").filter(({ conditions }) =>
      JSON.stringify(conditions).includes("cloudsql"),
    );
    const thresholds = alerts.map(({ conditions: [{ condition_threshold: one }] }) => [
      /metric\.type = "([^"]+)"/.exec(one.filter)?.[1],
      one.threshold_value,
    ]);

    expect(Object.fromEntries(thresholds)).toEqual({
      "cloudsql.googleapis.com/database/disk/bytes_used": 80 * 2 ** 30,
      "cloudsql.googleapis.com/database/postgresql/num_backends": 320,
    });
    expect(JSON.stringify(alerts)).toMatch(/database_id = \\"[a-z0-9-]+:\$\{google_sql_database_instance\.\w+\.name\}\\"/);
  });

  test("with a key of one's own and in a protected environment, the rule pack has nothing to say", () => {
    configure({ kind: "cloud_sql", cloudSql }, "security: {customerManagedKeys: true}");
    const dev = readFileSync(join(folder, "dev.yaml"), "utf8");
    writeFileSync(join(folder, "dev.yaml"), dev.replace("allowsDataDeletion: true", "allowsDataDeletion: false"));

    expect(findingsIn({ folder, root, variables: {} }).findings).toEqual([]);
  });

  test("without a network it is refused, with the line and what to write", () => {
    configure({ kind: "cloud_sql" }, "network: {enabled: false}");

    expect(() => loadConfigurations({ folder, root, variables: {} })).toThrow(
      /dev\.yaml:\d+: postgres\.kind: expected docker or none .* write network: \{enabled: true\}, but there stands "cloud_sql"/,
    );
  });
});
