import type { TerraformStack } from "cdktf";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Machine } from "../../../constructs/machine/machine";
import type { MachineProps } from "../../../constructs/machine/machine-props";
import { NightSchedule } from "../../../constructs/machine/night-schedule";
import type { NightScheduleProps } from "../../../constructs/machine/night-schedule-props";
import { Network } from "../../../constructs/network/network";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { dev, only, prod, resources, synth } from "../synth";

const INSTANCE = "google_compute_instance";
const DISK = "google_compute_disk";
const POLICY = "google_compute_resource_policy";
const NAT = /^google_compute_router_nat\./;

const surroundings = (stack: TerraformStack, environment = dev) => ({
  environment,
  identity: new WorkloadIdentity(stack, "kafka", { environment, workload: "kafka", description: "Kafka." }),
  network: new Network(stack, "network", { environment }),
});
const deploy = (props: Partial<MachineProps> = {}, then: (machine: Machine, stack: TerraformStack) => void = () => {}) =>
  synth((stack) => {
    const around = surroundings(stack, props.environment);
    then(new Machine(stack, "machine", { ...around, name: "kafka", startupScript: "echo here", ...props }), stack);
  });

describe("the machine", () => {
  test("minimal: small, private, boots signed software only, and nobody logs in but by a Google identity", () => {
    const json = deploy();
    const [account] = Object.keys(json.resource.google_service_account);

    expect(only(json, INSTANCE)).toMatchObject({
      project: "acme-dev",
      zone: "europe-west1-b",
      name: "trips-kafka",
      machine_type: "e2-medium",
      allow_stopping_for_update: true,
      deletion_protection: false,
      boot_disk: { initialize_params: { image: "projects/debian-cloud/global/images/family/debian-12", size: 20, type: "pd-balanced" } },
      service_account: {
        email: `\${google_service_account.${account}.email}`,
        scopes: ["https://www.googleapis.com/auth/cloud-platform"],
      },
      shielded_instance_config: { enable_secure_boot: true, enable_vtpm: true, enable_integrity_monitoring: true },
      metadata: {
        "enable-oslogin": "TRUE",
        "block-project-ssh-keys": "TRUE",
        "serial-port-enable": "FALSE",
        "startup-script": expect.stringMatching(/^#!\/bin\/bash\nset -euo pipefail\n[^]*\ntrap start_up_ended EXIT\necho here\n$/),
      },
      labels: { environment: "dev" },
    });
    const { network_interface: interfaces } = only(json, INSTANCE);
    expect(interfaces).toHaveLength(1);
    expect(interfaces[0]).not.toHaveProperty("access_config");
    expect(json.resource[DISK]).toBeUndefined();
  });

  test("is made once there is a way to the internet, which its script needs at once; a network may have none", () => {
    expect(only(deploy(), INSTANCE).depends_on).toEqual([expect.stringMatching(NAT)]);
    const closed = synth((stack) => {
      const network = new Network(stack, "closed", { environment: dev, nat: false });
      const { identity } = surroundings(stack);
      new Machine(stack, "machine", { environment: dev, identity, network, name: "kafka", startupScript: "true" });
    });
    expect(only(closed, INSTANCE).depends_on).toEqual([]);
  });

  test("as asked for, with metadata of its own", () => {
    const made = only(
      deploy({
        machineType: "e2-standard-2",
        zone: "c",
        image: "projects/debian-cloud/global/images/debian-12-bookworm-v20260701",
        bootDiskGigabytes: 30,
        metadata: { role: "broker" },
      }),
      INSTANCE,
    );

    expect(made).toMatchObject({
      zone: "europe-west1-c",
      machine_type: "e2-standard-2",
      boot_disk: { initialize_params: { image: expect.stringMatching(/v20260701$/), size: 30 } },
      metadata: { role: "broker", "enable-oslogin": "TRUE" },
    });
  });

  test("what the shell writes like Terraform's references is left to the shell, and references are left to Terraform", () => {
    const json = synth((stack) => {
      const around = surroundings(stack);
      const script = `echo "\${HOME} %{http_code} ${around.identity.account.email}"`;
      new Machine(stack, "machine", { ...around, name: "kafka", startupScript: script, metadata: { line: "${HOME}" } });
    });
    const [account] = Object.keys(json.resource.google_service_account);
    const { metadata } = only(json, INSTANCE);

    expect(metadata["startup-script"]).toContain(`echo "$\${HOME} %%{http_code} \${google_service_account.${account}.email}"`);
    expect(metadata.line).toBe("$${HOME}");
  });

  test("in an environment that keeps its data it can't be deleted, nor its disk", () => {
    const json = deploy({ environment: prod, dataDisk: {}, destroyData: true });

    expect(only(json, INSTANCE).deletion_protection).toBe(true);
    expect(only(json, DISK).lifecycle).toEqual({ prevent_destroy: true });
  });

  test.each([
    [{ name: "Kafka" }, /The machine "Kafka" must be called 1 to 40/],
    [{ machineType: "c4-standard-2" }, /can't be of the type "c4-standard-2": write e2-medium/],
    [{ zone: "europe-west1-b" }, /can't be in the zone "europe-west1-b": write its letter alone/],
    [{ image: "debian-12" }, /can't boot from "debian-12": write projects/],
    [{ bootDiskGigabytes: 5 }, /bootDiskGigabytes from 10 to 2000, not 5/],
    [{ metadata: { "enable-oslogin": "FALSE" } }, /must leave "enable-oslogin" out of its metadata/],
    [{ startupScript: "é".repeat(131_100) }, /has 26\d{4} bytes, and Compute Engine takes 262144/],
    [{ dataDisk: { gigabytes: 5 } }, /gigabytes of the disk "trips-kafka-data" must be .* from 10 to 65536, not 5/],
    [{ dataDisk: { mountPoint: "data" } }, /mountPoint of the disk .* must be a folder such as \/data/],
    [{ dataDisk: { snapshotDays: -1 } }, /snapshotDays of the disk .* not -1/],
  ])("%j is refused", (props, message) => {
    expect(() => deploy(props)).toThrow(message);
  });
});

describe("the data disk", () => {
  test("outlives the machine: a disk by itself, attached and mounted before the script, with a snapshot a day", () => {
    const json = deploy({ dataDisk: { gigabytes: 50, type: "pd-ssd", mountPoint: "/var/lib/kafka", snapshotDays: 14 }, destroyData: true });
    const [disk] = Object.keys(json.resource[DISK]);
    const made = only(json, INSTANCE);

    expect(only(json, DISK)).toMatchObject({
      name: "trips-kafka-data",
      zone: "europe-west1-b",
      size: 50,
      type: "pd-ssd",
      lifecycle: { prevent_destroy: false },
    });
    expect(made.attached_disk).toEqual([{ device_name: "data", source: `\${google_compute_disk.${disk}.id}` }]);
    expect(made.lifecycle).toEqual({ replace_triggered_by: [`google_compute_disk.${disk}.id`] });
    expect(made.metadata["startup-script"]).toMatch(
      /DATA_DEVICE=\/dev\/disk\/by-id\/google-data\nDATA_MOUNT=\/var\/lib\/kafka\n[^]*\nmount_data_disk\necho here\n$/,
    );
    expect(only(json, POLICY).snapshot_schedule_policy).toMatchObject({
      schedule: { daily_schedule: { days_in_cycle: 1, start_time: "02:00" } },
      retention_policy: { max_retention_days: 14, on_source_disk_delete: "APPLY_RETENTION_POLICY" },
      snapshot_properties: { storage_locations: ["europe-west1"], labels: { environment: "dev" } },
    });
    expect(only(json, "google_compute_disk_resource_policy_attachment")).toMatchObject({
      disk: `\${google_compute_disk.${disk}.name}`,
      zone: "europe-west1-b",
    });
  });

  test("only both keys together let it be destroyed, and its snapshots outlive it without them", () => {
    const json = deploy({ dataDisk: {} });

    expect(only(json, DISK).lifecycle).toEqual({ prevent_destroy: true });
    expect(only(json, POLICY).snapshot_schedule_policy.retention_policy.on_source_disk_delete).toBe("KEEP_AUTO_SNAPSHOTS");
  });

  test("without snapshots there is no schedule", () => {
    expect(deploy({ dataDisk: { snapshotDays: 0 } }).resource[POLICY]).toBeUndefined();
  });

  test("with a key: both disks are encrypted with it, once Compute Engine may use it", () => {
    const json = synth((stack) => {
      const around = surroundings(stack);
      const keyRing = new KeyRing(stack, "ring", { environment: dev });
      const encryptionKey = new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" });
      new Machine(stack, "machine", { ...around, name: "kafka", startupScript: "true", dataDisk: {}, encryptionKey });
    });
    const key = expect.stringMatching(/\/cryptoKeys\//);
    const after = expect.stringMatching(/^google_kms_crypto_key_iam_member\./);

    expect(only(json, DISK)).toMatchObject({ disk_encryption_key: { kms_key_self_link: key }, depends_on: [after] });
    expect(only(json, INSTANCE)).toMatchObject({
      boot_disk: { kms_key_self_link: key },
      attached_disk: [{ kms_key_self_link: key }],
      depends_on: [after, expect.stringMatching(NAT)],
    });
  });
});

describe("who gets in", () => {
  const engineers = { id: "engineers", member: "group:engineers@example.com" };

  test("a tunnel is granted to one port of one machine, with the right to find it once", () => {
    const json = deploy({}, (machine) => {
      expect(machine.grantTunnel(engineers, 8080)).toHaveLength(2);
      machine.grantTunnel(engineers, 22);
      expect(machine.tunnelCommand(8080, 8081)).toBe(
        "gcloud compute start-iap-tunnel trips-kafka 8080 --local-host-port=localhost:8081 --zone=europe-west1-b --project=acme-dev",
      );
    });
    const tunnels = resources(json, "google_iap_tunnel_instance_iam_member");

    expect(tunnels.map(({ condition }) => condition.expression).sort()).toEqual(["destination.port == 22", "destination.port == 8080"]);
    expect(tunnels[0]).toMatchObject({ role: "roles/iap.tunnelResourceAccessor", member: engineers.member });
    expect(only(json, "google_compute_instance_iam_member")).toMatchObject({ role: "roles/compute.viewer", member: engineers.member });
  });

  test("who logs in may do what the machine may, and is granted its account", () => {
    const json = deploy({}, (machine) => machine.grantLogin(engineers));

    expect(only(json, "google_compute_instance_iam_member").role).toBe("roles/compute.osAdminLogin");
    expect(only(json, "google_service_account_iam_member").role).toBe("roles/iam.serviceAccountUser");
  });
});

describe("the night schedule", () => {
  const schedule = (props: Partial<NightScheduleProps> = {}) =>
    only(
      synth((stack) => new NightSchedule(stack, "nights", { environment: dev, name: "kafka", ...props })),
      POLICY,
    );

  test("minimal: off every evening, on in the morning of working days", () => {
    expect(schedule()).toMatchObject({
      region: "europe-west1",
      name: "trips-kafka-nights",
      instance_schedule_policy: {
        time_zone: "UTC",
        vm_stop_schedule: { schedule: "0 20 * * *" },
        vm_start_schedule: { schedule: "0 7 * * 1-5" },
      },
    });
  });

  test("without a start it only switches off", () => {
    expect(schedule({ start: "" }).instance_schedule_policy).not.toHaveProperty("vm_start_schedule");
  });

  test("machines have it once Compute Engine may start them; two schedules share that grant", () => {
    const json = synth((stack) => {
      const around = surroundings(stack);
      const nightSchedule = new NightSchedule(stack, "nights", { environment: dev, name: "kafka" });
      new NightSchedule(stack, "weekends", { environment: dev, name: "airflow", stop: "0 18 * * 5" });
      new Machine(stack, "machine", { ...around, name: "kafka", startupScript: "true", nightSchedule });
    });
    const [policy] = Object.keys(json.resource[POLICY]);

    expect(only(json, INSTANCE)).toMatchObject({
      resource_policies: [`\${google_compute_resource_policy.${policy}.self_link}`],
      depends_on: ["google_project_iam_member.machine-schedules", expect.stringMatching(NAT)],
    });
    expect(only(json, "google_project_iam_member")).toMatchObject({
      role: "roles/compute.instanceAdmin.v1",
      member: "serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com",
    });
  });

  test.each([
    [{ stop: "8pm" }, /stop must be minute, hour, day, month and weekday, e.g. "0 20 \* \* \*"/],
    [{ start: "* 7 * * *" }, /at most once an hour: "\* 7 \* \* \*" isn't/],
    [{ timeZone: "Brussels" }, /timeZone must be a name of the tz database, .* not "Brussels"/],
  ])("%j is refused", (props, message) => {
    expect(() => schedule(props)).toThrow(message);
  });
});
