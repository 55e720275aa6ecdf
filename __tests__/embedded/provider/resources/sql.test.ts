import * as path from "node:path";
import type { ValueObject } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });
const network = "projects/acme-dev/global/networks/trips";

describe("google_sql_database_instance", () => {
  const INSTANCE = "google_sql_database_instance";
  const addresses = { ipv4_enabled: false, private_network: network, allocated_ip_range: "trips-services", ssl_mode: "ENCRYPTED_ONLY" };
  const backups = { enabled: true, point_in_time_recovery_enabled: true };
  const settings: ValueObject = {
    tier: "db-f1-micro",
    edition: "ENTERPRISE",
    disk_size: 20,
    database_flags: [{ name: "cloudsql.iam_authentication", value: "on" }],
    ip_configuration: [addresses],
    backup_configuration: [backups],
    insights_config: [{ query_insights_enabled: true }],
    maintenance_window: [{ day: 7, hour: 4 }],
    user_labels: { environment: "dev" },
  };
  const instance = {
    name: "trips",
    region: "europe-west1",
    database_version: "POSTGRES_17",
    settings: [settings],
    deletion_protection: false,
  };
  const having = (change: ValueObject) => ({ ...instance, settings: [{ ...settings, ...change }] });

  test("is created with Google's defaults and a private address, and planned again without a change", () => {
    const state = newCore().create(INSTANCE, instance);

    expect(state).toMatchObject({
      id: "trips",
      connection_name: "acme-dev:europe-west1:trips",
      private_ip_address: expect.stringMatching(/^10\.\d+\.0\.3$/),
      public_ip_address: "",
      settings: [
        {
          availability_type: "ZONAL",
          activation_policy: "ALWAYS",
          disk_autoresize: true,
          disk_type: "PD_SSD",
          backup_configuration: [{ transaction_log_retention_days: 7, backup_retention_settings: [{ retained_backups: 7 }] }],
          location_preference: [{ zone: "europe-west1-b" }],
        },
      ],
    });
  });

  test("machine, standby, labels and a larger disk change in place", () => {
    const core = newCore();
    const state = core.create(INSTANCE, instance);
    const changed = having({
      tier: "db-custom-2-7680",
      availability_type: "REGIONAL",
      disk_size: 40,
      user_labels: { environment: "prod" },
    });

    expect(core.plan(INSTANCE, changed, state).action).toBe("update");
    const after = core.apply(INSTANCE, changed, state);
    expect(after.settings).toMatchObject([{ tier: "db-custom-2-7680", disk_size: 40 }]);
    expect(core.plan(INSTANCE, changed, after).action).toBe("nothing");
  });

  test("name, region and key replace it, and so do a smaller disk and leaving the network; the network's URL is the same", () => {
    const core = newCore();
    const state = core.create(INSTANCE, instance);
    const plan = (config: ValueObject) => core.plan(INSTANCE, config, state);

    expect(plan({ ...instance, name: "trips-2" })).toMatchObject({ action: "replace", replacedBy: ["name"] });
    expect(plan({ ...instance, region: "europe-west4" })).toMatchObject({ replacedBy: ["region"] });
    expect(plan({ ...instance, encryption_key_name: "projects/p" })).toMatchObject({ replacedBy: ["encryption_key_name"] });
    expect(plan(having({ disk_size: 10 }))).toMatchObject({ action: "replace", replacedBy: ["settings"] });
    expect(plan(having({ ip_configuration: [{ ipv4_enabled: true }] }))).toMatchObject({ replacedBy: ["settings"] });
    const url = `https://www.googleapis.com/compute/v1/${network}`;
    expect(plan(having({ ip_configuration: [{ ...addresses, private_network: url }] })).action).toBe("nothing");
  });

  test("neither protection lets it be destroyed", () => {
    const destroyed = (config: ValueObject) => {
      const core = newCore();
      return core.destroy(INSTANCE, core.create(INSTANCE, config));
    };

    expect(destroyed({ ...instance, deletion_protection: true })).toMatch(/trips is protected: set deletion_protection = false/);
    expect(destroyed(having({ deletion_protection_enabled: true }))).toMatch(/set settings\.deletion_protection_enabled = false/);
    expect(destroyed(instance)).toBeUndefined();
  });

  test.each([
    [having({ tier: "db-perf-optimized-N-2" }), /"db-perf-optimized-N-2" must be db-f1-micro/],
    [having({ ip_configuration: [{ ipv4_enabled: false }] }), /needs a private_network/],
    [having({ ip_configuration: [{ ...addresses, ssl_mode: "REQUIRED" }] }), /"REQUIRED" must be one of ALLOW_/],
    [having({ backup_configuration: [{ ...backups, enabled: false }] }), /point_in_time_recovery_enabled needs/],
    [having({ availability_type: "REGIONAL", backup_configuration: [] }), /REGIONAL needs backup_configuration/],
    [{ ...instance, database_version: "postgres17" }, /"postgres17" must be a version such as POSTGRES_17/],
    [{ ...instance, name: "Trips" }, /"Trips" must be a-z/],
  ])("a plain mistake is refused (%#)", (config, message) => {
    expect(newCore().complaints(INSTANCE, config)).toEqual([expect.stringMatching(message)]);
  });
});

test("google_sql_database: Postgres's charset is filled in, another name replaces it, abandoning it doesn't", () => {
  const DATABASE = "google_sql_database";
  const core = newCore();
  const database = { instance: "trips", name: "trips" };
  const state = core.create(DATABASE, database);

  expect(state).toMatchObject({ id: "projects/acme-dev/instances/trips/databases/trips", charset: "UTF8", deletion_policy: "DELETE" });
  expect(core.plan(DATABASE, { ...database, charset: "utf8" }, state).action).toBe("nothing");
  expect(core.plan(DATABASE, { ...database, deletion_policy: "ABANDON" }, state).action).toBe("update");
  expect(core.plan(DATABASE, { ...database, name: "taxi" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
  expect(core.complaints(DATABASE, { ...database, deletion_policy: "KEEP" })).toEqual([expect.stringMatching(/"KEEP" must be one of/)]);
});

describe("google_sql_user", () => {
  const USER = "google_sql_user";
  const user = { instance: "trips", name: "trips-ingest@acme-dev.iam", type: "CLOUD_IAM_SERVICE_ACCOUNT", deletion_policy: "ABANDON" };

  test("has an id without a host; another name or instance replaces it, and the kind by default is the built-in one", () => {
    const core = newCore();
    const state = core.create(USER, user);

    expect(state.id).toBe("trips-ingest@acme-dev.iam//trips");
    expect(core.plan(USER, { ...user, name: "ada@example.com" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
    expect(core.plan(USER, { ...user, instance: "trips-2" }, state)).toMatchObject({ replacedBy: ["instance"] });
    const builtIn = core.create(USER, { instance: "trips", name: "taxi", type: "BUILT_IN" });
    expect(core.plan(USER, { instance: "trips", name: "taxi", type: "" }, builtIn).action).toBe("nothing");
  });

  test("an identity with its whole address, or with a password, is refused", () => {
    expect(newCore().complaints(USER, { ...user, name: "trips-ingest@acme-dev.iam.gserviceaccount.com", password: "secret" })).toEqual([
      expect.stringMatching(/without the suffix/),
      expect.stringMatching(/has no password/),
    ]);
  });
});
