import * as path from "node:path";
import type { ValueObject } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const INSTANCE = "google_compute_instance";
const DISK = "google_compute_disk";
const POLICY = "google_compute_resource_policy";
const ATTACHMENT = "google_compute_disk_resource_policy_attachment";

describe(INSTANCE, () => {
  const start = { image: "projects/debian-cloud/global/images/family/debian-12", size: 20, type: "pd-balanced" };
  const data = { source: "projects/acme-dev/zones/europe-west1-b/disks/trips-kafka-data", device_name: "data" };
  const instance: ValueObject = {
    name: "trips-kafka",
    zone: "europe-west1-b",
    machine_type: "e2-medium",
    boot_disk: [{ initialize_params: [start] }],
    attached_disk: [data],
    network_interface: [{ subnetwork: "projects/acme-dev/regions/europe-west1/subnetworks/trips" }],
    service_account: [
      { email: "trips-kafka@acme-dev.iam.gserviceaccount.com", scopes: ["https://www.googleapis.com/auth/cloud-platform"] },
    ],
    shielded_instance_config: [{ enable_secure_boot: true }],
    metadata: { "startup-script": "true" },
    labels: { environment: "dev" },
    allow_stopping_for_update: true,
    deletion_protection: false,
  };

  test("is created with an address of its own and Google's defaults, and planned again without a change", () => {
    expect(newCore().create(INSTANCE, instance)).toMatchObject({
      id: "projects/acme-dev/zones/europe-west1-b/instances/trips-kafka",
      current_status: "RUNNING",
      boot_disk: [{ auto_delete: true, device_name: "persistent-disk-0", mode: "READ_WRITE" }],
      attached_disk: [{ device_name: "data", mode: "READ_WRITE" }],
      network_interface: [{ network_ip: expect.stringMatching(/^10\.10\.\d+\.\d+$/), stack_type: "IPV4_ONLY", access_config: [] }],
      scheduling: [{ on_host_maintenance: "MIGRATE", provisioning_model: "STANDARD" }],
      shielded_instance_config: [{ enable_secure_boot: true, enable_vtpm: true }],
      effective_labels: { environment: "dev", "goog-terraform-provisioned": "true" },
    });
  });

  test("start-up script, type, labels, schedule and attached disks change in place", () => {
    const core = newCore();
    const state = core.create(INSTANCE, instance);
    const changed = {
      ...instance,
      metadata: { "startup-script": "false" },
      machine_type: "e2-standard-2",
      labels: { environment: "prod" },
      resource_policies: ["https://www.googleapis.com/compute/v1/projects/acme-dev/regions/europe-west1/resourcePolicies/nights"],
      attached_disk: [],
    };

    expect(core.plan(INSTANCE, changed, state).action).toBe("update");
    const after = core.apply(INSTANCE, changed, state);
    expect(after.metadata_fingerprint).not.toBe(state.metadata_fingerprint);
    expect(core.plan(INSTANCE, changed, after).action).toBe("nothing");
  });

  test("name, zone, family, a larger boot disk and the old attribute for start-up scripts replace it; the same image by its URL doesn't", () => {
    const core = newCore();
    const state = core.create(INSTANCE, instance);
    const plan = (change: ValueObject) => core.plan(INSTANCE, { ...instance, ...change }, state);
    const booting = (change: ValueObject) => plan({ boot_disk: [{ initialize_params: [{ ...start, ...change }] }] });

    expect(plan({ name: "trips-kafka-2" })).toMatchObject({ action: "replace", replacedBy: ["name"] });
    expect(plan({ zone: "europe-west1-c" })).toMatchObject({ replacedBy: ["zone"] });
    expect(booting({ size: 30 })).toMatchObject({ action: "replace", replacedBy: ["boot_disk.initialize_params.size"] });
    expect(booting({ image: "projects/debian-cloud/global/images/family/debian-13" })).toMatchObject({ action: "replace" });
    expect(booting({ image: `https://www.googleapis.com/compute/v1/${start.image}` }).action).toBe("nothing");
    expect(plan({ metadata: {}, metadata_startup_script: "true" }).action).toBe("update");
    expect(plan({ metadata_startup_script: "false" })).toMatchObject({ action: "replace", replacedBy: ["metadata_startup_script"] });
  });

  test("protected, it isn't destroyed", () => {
    const core = newCore();

    expect(core.destroy(INSTANCE, core.create(INSTANCE, { ...instance, deletion_protection: true }))).toMatch(/trips-kafka is protected/);
    expect(core.destroy(INSTANCE, core.create(INSTANCE, instance))).toBeUndefined();
  });

  test.each([
    [{ name: "Kafka" }, /"Kafka" must be 1 to 63/],
    [{ zone: "europe-west1" }, /"europe-west1" must be a zone such as/],
    [{ machine_type: "medium" }, /"medium" must be a machine type/],
    [{ resource_policies: ["one", "two"] }, /one policy at most/],
    [{ network_interface: [{ nic_type: "GVNIC" }] }, /must name a network or a subnetwork/],
    [{ metadata: { "startup-script": "x".repeat(262_145) } }, /"startup-script" is longer than the 262144 bytes/],
    [{ attached_disk: [{ ...data, mode: "WRITE" }] }, /"WRITE" must be one of READ_WRITE/],
  ])("a plain mistake is refused (%#)", (change, message) => {
    expect(newCore().complaints(INSTANCE, { ...instance, ...change } as ValueObject)).toEqual([expect.stringMatching(message)]);
  });
});

describe(DISK, () => {
  const disk: ValueObject = {
    name: "trips-kafka-data",
    zone: "europe-west1-b",
    size: 20,
    type: "pd-balanced",
    labels: { environment: "dev" },
  };

  test("is created, grows and is labelled in place", () => {
    const core = newCore();
    const state = core.create(DISK, disk);
    const larger = { ...disk, size: 40, labels: { environment: "prod" } };

    expect(state).toMatchObject({
      id: "projects/acme-dev/zones/europe-west1-b/disks/trips-kafka-data",
      physical_block_size_bytes: 4096,
      self_link: expect.stringMatching(/^https:.*disks\/trips-kafka-data$/),
    });
    expect(core.plan(DISK, larger, state).action).toBe("update");
    expect(core.plan(DISK, larger, core.apply(DISK, larger, state)).action).toBe("nothing");
  });

  test("a smaller size, another kind, zone or key replace it", () => {
    const core = newCore();
    const state = core.create(DISK, disk);
    const plan = (change: ValueObject) => core.plan(DISK, { ...disk, ...change }, state);

    expect(plan({ size: 10 })).toMatchObject({ action: "replace", replacedBy: ["size"] });
    expect(plan({ type: "pd-ssd" })).toMatchObject({ replacedBy: ["type"] });
    expect(plan({ zone: "europe-west1-c" })).toMatchObject({ replacedBy: ["zone"] });
    expect(plan({ disk_encryption_key: [{ kms_key_self_link: "projects/p" }] })).toMatchObject({ replacedBy: ["disk_encryption_key"] });
    expect(core.plan(DISK, { ...disk, zone: null }, state).action).toBe("nothing");
  });
});

describe(POLICY, () => {
  const nights = {
    name: "trips-kafka-nights",
    region: "europe-west1",
    instance_schedule_policy: [{ time_zone: "Europe/Brussels", vm_stop_schedule: [{ schedule: "0 20 * * *" }] }],
  };
  const snapshots = {
    name: "trips-kafka-data-daily",
    region: "europe-west1",
    snapshot_schedule_policy: [
      {
        schedule: [{ daily_schedule: [{ days_in_cycle: 1, start_time: "02:00" }] }],
        retention_policy: [{ max_retention_days: 7, on_source_disk_delete: "KEEP_AUTO_SNAPSHOTS" }],
      },
    ],
  };

  test.each([nights, snapshots])("$name is created, its times change in place, and another region replaces it", (policy) => {
    const core = newCore();
    const state = core.create(POLICY, policy);
    const later = JSON.parse(JSON.stringify(policy).replace("0 20 *", "0 22 *").replace("02:00", "04:00"));

    expect(state.id).toBe(`projects/acme-dev/regions/europe-west1/resourcePolicies/${policy.name}`);
    expect(core.plan(POLICY, later, state).action).toBe("update");
    expect(core.plan(POLICY, later, core.apply(POLICY, later, state)).action).toBe("nothing");
    expect(core.plan(POLICY, { ...policy, region: "europe-west4" }, state)).toMatchObject({ action: "replace", replacedBy: ["region"] });
  });

  test.each([
    [{ ...nights, ...snapshots }, /doesn't go together with snapshot_schedule_policy/],
    [{ ...nights, instance_schedule_policy: [{ time_zone: "UTC" }] }, /must have vm_start_schedule or vm_stop_schedule/],
    [
      { ...snapshots, snapshot_schedule_policy: [{ schedule: [{ daily_schedule: [{ days_in_cycle: 1, start_time: "02:30" }] }] }] },
      /"02:30" must be a full hour/,
    ],
  ])("a plain mistake is refused (%#)", (config, message) => {
    expect(newCore().complaints(POLICY, config as ValueObject)).toEqual([expect.stringMatching(message)]);
  });

  test("is attached to a disk under an id of its own, and another disk replaces the attachment", () => {
    const core = newCore();
    const attachment = { disk: "trips-kafka-data", name: "trips-kafka-data-daily", zone: "europe-west1-b" };
    const state = core.create(ATTACHMENT, attachment);

    expect(state.id).toBe("acme-dev/europe-west1-b/trips-kafka-data/trips-kafka-data-daily");
    expect(core.plan(ATTACHMENT, { ...attachment, disk: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["disk"] });
  });
});

test.each([
  ["google_compute_instance_iam_member", "instance_name", "projects/acme-dev/zones/europe-west1-b/instances/kafka"],
  ["google_iap_tunnel_instance_iam_member", "instance", "projects/acme-dev/iap_tunnel/zones/europe-west1-b/instances/kafka"],
])("%s is granted on one machine, and another machine replaces it", (type, machine, id) => {
  const core = newCore();
  const grant = { zone: "europe-west1-b", [machine]: "kafka", role: "roles/compute.viewer", member: "group:a@example.com" };
  const state = core.create(type, grant);

  expect(state.id).toBe(`${id}/roles/compute.viewer/group:a@example.com`);
  expect(core.plan(type, { ...grant, [machine]: "other" }, state)).toMatchObject({ action: "replace", replacedBy: [machine] });
});
