import type { TerraformStack } from "cdktf";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Network } from "../../../constructs/network/network";
import { KafkaCluster } from "../../../constructs/streaming/kafka-cluster";
import type { KafkaClusterProps } from "../../../constructs/streaming/kafka-cluster-props";
import { leastDiskGigabytes, memoryGibibytes } from "../../../constructs/streaming/kafka-sizing";
import { kafkaStartUp } from "../../../constructs/streaming/kafka-start-up";
import { topics } from "../../../contracts/topics";
import { dev, only, prod, resources, synth } from "../synth";

const software = { "boot/install.sh": 'echo "${HOME_DIR}"\n' };

function cluster(stack: TerraformStack, props: Partial<KafkaClusterProps> = {}): KafkaCluster {
  const environment = props.environment ?? dev;
  const identity = new WorkloadIdentity(stack, "kafka-account", { environment, workload: "kafka", description: "Brokers." });
  const network = new Network(stack, "network", { environment });
  return new KafkaCluster(stack, "kafka", { environment, identity, network, software, ...props });
}
const made = (props: Partial<KafkaClusterProps> = {}) =>
  synth((stack) => {
    cluster(stack, props);
  });
const script = (machine: any): string => machine.metadata["startup-script"];
/** What a machine's script writes as its settings. */
const settings = (machine: any): Record<string, string> =>
  Object.fromEntries([...script(machine).matchAll(/^([A-Z_]+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));

test("minimal: one broker without a public address, its data on a disk of its own", () => {
  const json = made();
  const machine = only(json, "google_compute_instance");

  expect(machine).toMatchObject({ name: "trips-kafka-1", machine_type: "e2-medium", zone: "europe-west1-b" });
  expect(machine.network_interface[0].access_config).toBeUndefined();
  expect(only(json, "google_compute_disk")).toMatchObject({ name: "trips-kafka-1-data", size: 20 });
  expect(script(machine)).toContain("DATA_MOUNT=/var/lib/trips-streaming");
  expect(settings(machine)).toMatchObject({
    BROKERS: "1",
    HOST: "trips-kafka-1.europe-west1-b.c.acme-dev.internal",
    BOOTSTRAP: "trips-kafka-1.europe-west1-b.c.acme-dev.internal:9092",
    REPLICATION: "1",
    IN_SYNC: "1",
    HEAP_MEBIBYTES: "512",
  });
});

test("the first broker leaves memory to what runs beside it, and the others have a fourth of their machine", () => {
  const heaps = (machineType: string) =>
    resources(made({ brokers: 3, machineType }), "google_compute_instance").map((machine) => settings(machine).HEAP_MEBIBYTES);
  expect(heaps("e2-medium")).toEqual(["512", "1024", "1024"]);
  expect(heaps("e2-standard-2")).toEqual(["1536", "2048", "2048"]);
  expect(heaps("e2-standard-16")).toEqual(["4096", "4096", "4096"]);
});

test("how the installer ends is how the machine's script ends: a script that fails is run again", () => {
  expect(script(only(made(), "google_compute_instance"))).toMatch(
    /\ntrap start_up_ended EXIT\n[^]*\nmount_data_disk\n[^]*\nbash "\$HOME_DIR\/boot\/install\.sh"\n$/,
  );
});

test("three brokers know each other by name, keep three copies, and each has a port for tunnels", () => {
  const json = made({ brokers: 3, zones: ["b", "c"], machineType: "e2-standard-2" });
  const machines = resources(json, "google_compute_instance");
  const all = machines.map(settings);

  expect(machines.map(({ zone }) => zone)).toEqual(["europe-west1-b", "europe-west1-c", "europe-west1-b"]);
  expect(new Set(all.map(({ VOTERS }) => VOTERS))).toEqual(
    new Set([[1, 2, 3].map((id) => `${id}@trips-kafka-${id}.europe-west1-${id === 2 ? "c" : "b"}.c.acme-dev.internal:9093`).join(",")]),
  );
  expect(all.map(({ NODE_ID, PORT_TUNNEL }) => [NODE_ID, PORT_TUNNEL])).toEqual([
    ["1", "9094"],
    ["2", "9095"],
    ["3", "9096"],
  ]);
  expect(all[0]).toMatchObject({ REPLICATION: "3", IN_SYNC: "2" });
});

test("the cluster's id changes with the number of brokers, and never begins with a dash", () => {
  const idOf = (props: Partial<KafkaClusterProps>) => settings(resources(made(props), "google_compute_instance")[0]).CLUSTER_ID;
  expect(idOf({})).not.toBe(idOf({ brokers: 3 }));
  for (let number = 0; number < 60; number++) {
    expect(idOf({ environment: { ...dev, projectId: `acme-${String(number)}` } })).toMatch(/^[\w][\w-]{21}$/);
  }
});

test("Terraform takes nothing of the script for an expression of its own", () => {
  const text = script(only(made(), "google_compute_instance"));
  expect(text).toContain('echo "$${HOME_DIR}"');
  expect(text.replaceAll("$${", "")).not.toMatch(/[$%]\{/);
});

test("secrets are places without a secret; brokers read them and make the first version, clients read what is theirs", () => {
  const json = synth((stack) => {
    cluster(stack).users.grantLogin("consumer", { id: "ada", member: "user:ada@example.com" });
  });
  const secrets = resources(json, "google_secret_manager_secret").map(({ secret_id }) => secret_id);
  expect(secrets.sort()).toEqual(
    ["admin", "ca", "ca-certificate", "connect", "consumer", "producer", "streams"].map((name) => `trips-kafka-${name}`),
  );
  expect(json.resource.google_secret_manager_secret_version).toBeUndefined();

  const grants = resources(json, "google_secret_manager_secret_iam_member");
  expect(grants).toHaveLength(2 * secrets.length + 2);
  const adas = grants.filter(({ member }) => member === "user:ada@example.com");
  expect(adas.map(({ secret_id, role }) => [/users_([a-z-]+)_/.exec(secret_id)?.[1], role]).sort()).toEqual([
    ["ca-certificate", "roles/secretmanager.secretAccessor"],
    ["consumer", "roles/secretmanager.secretAccessor"],
  ]);
});

test("the subnet reaches Kafka and the registry, and nothing else of the brokers", () => {
  const rule = resources(made(), "google_compute_firewall").find(({ name }) => name === "trips-kafka-subnet");
  expect(rule.allow).toEqual([{ protocol: "tcp", ports: ["9092", "8081"] }]);
  expect(rule.target_service_accounts).toHaveLength(1);
});

test("deleting the disks needs both keys", () => {
  const protects = (props: Partial<KafkaClusterProps>) => only(made(props), "google_compute_disk").lifecycle.prevent_destroy;
  expect(protects({ destroyData: true })).toBe(false);
  expect(protects({})).toBe(true);
  expect(protects({ environment: prod, destroyData: true })).toBe(true);
});

test("tunnels end at the brokers and the registry", () => {
  synth((stack) => {
    expect(cluster(stack, { brokers: 3 }).tunnelCommands.map((command) => / (trips-kafka-\d \d+) /.exec(command)?.[1])).toEqual([
      "trips-kafka-1 9094",
      "trips-kafka-2 9095",
      "trips-kafka-3 9096",
      "trips-kafka-1 8081",
    ]);
  });
});

test.each<[string, Partial<KafkaClusterProps>, string]>([
  ["two brokers", { brokers: 2 }, "2 brokers: write 1, or 3 so that one may fail"],
  ["four brokers", { brokers: 4 }, "of 4 as many may fail as of 3"],
  ["more copies than brokers", { replication: 3 }, "3 copies of each partition on 1 brokers: write a number from 1 to 1"],
  ["a small machine", { machineType: "e2-small" }, "2 GB of memory and needs 4: write e2-medium or more"],
  ["a small disk", { disk: { gigabytes: 12 } }, /12 GB can't hold what the topics may keep: write \d+ or more/ as unknown as string],
  ["no installer", { software: {} }, "lacks boot/install.sh"],
])("%s: refused, with what to write instead", (_what, props, message) => {
  expect(() => made(props)).toThrow(message);
});

test("a network without NAT is refused", () => {
  expect(() =>
    synth((stack) => {
      cluster(stack, { network: new Network(stack, "closed", { environment: dev, nat: false }) });
    }),
  ).toThrow("give the network a NAT");
});

test("a disk holds what topics may keep, however they are spread", () => {
  const one = [{ name: "t", description: "", partitions: 3, cleanup: "delete", mebibytes: 1024 - 64 } as const];
  // 3 GiB and 4 of Kafka's own, of which a fifth stays free.
  expect(leastDiskGigabytes(one, 1, 1)).toBe(9);
  expect(leastDiskGigabytes(one, 3, 1)).toBe(7);
  expect(leastDiskGigabytes(one, 3, 3)).toBe(9);
  expect(leastDiskGigabytes(topics, 1, 1)).toBeLessThanOrEqual(20);
});

test.each([
  ["e2-medium", 4],
  ["n2-highmem-4", 32],
  ["e2-highcpu-8", 8],
  ["n2-custom-2-6144", 6],
  ["z9-unheard-of", undefined],
])("%s has %p GiB", (type, gibibytes) => {
  expect(memoryGibibytes(type)).toBe(gibibytes);
});

test("a setting that would break out of its quotes is refused", () => {
  expect(() => kafkaStartUp(software, { HOST: "a'; reboot; '" })).toThrow("setting HOST can't be");
});
