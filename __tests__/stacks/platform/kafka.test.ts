import { resolve } from "node:path";
import { Testing } from "cdktf";
import type { Configuration } from "../../../config/configuration";
import { ConfigurationError } from "../../../config/configuration-error";
import { loadConfigurations } from "../../../config/load";
import { kafkaSoftware } from "../../../stacks/platform/kafka-software";
import { PlatformStack } from "../../../stacks/platform-stack";
import { resources } from "../../constructs/synth";

const root = resolve(__dirname, "../../..");
const folder = resolve(root, "__tests__/fixtures/everything");
const configurationOf = (name: string): Configuration =>
  loadConfigurations({ folder, root, variables: {} }).find((one) => one.name === name)!;
const stackOf = (configuration: Configuration): any =>
  JSON.parse(Testing.synth(new PlatformStack(Testing.app(), configuration.name, configuration)));
const dev = stackOf(configurationOf("dev"));
const prod = stackOf(configurationOf("prod"));
const brokers = (json: any): any[] => resources(json, "google_compute_instance").filter(({ name }) => name.startsWith("trips-kafka-"));
const script = (json: any): string => brokers(json)[0].metadata["startup-script"];

test("dev has one broker that is off at night, prod three in three zones", () => {
  expect(brokers(dev).map(({ zone, resource_policies }) => [zone, resource_policies?.length])).toEqual([["europe-west1-b", 1]]);
  expect(brokers(prod).map(({ zone, machine_type }) => [zone, machine_type])).toEqual(
    ["b", "c", "d"].map((letter) => [`europe-west1-${letter}`, "e2-standard-2"]),
  );
});

test("machines are made once Compute Engine may switch them off and on", () => {
  const [wait] = Object.keys(dev.resource.terraform_data).filter((name) => name.startsWith("grants_ready"));
  expect(brokers(dev)[0].depends_on).toContain(`terraform_data.${wait!}`);
  expect(JSON.stringify(dev.resource.terraform_data[wait!].triggers_replace)).toContain("google_project_iam_member.machine-schedules.id");
});

test("every setting reaches the machines", () => {
  expect(resources(dev, "google_compute_disk").find(({ name }) => name === "trips-kafka-1-data")).toMatchObject({
    size: 30,
    type: "pd-standard",
  });
  const lag = resources(dev, "google_monitoring_alert_policy").find(({ display_name }) => /A consumer group of Kafka/.test(display_name));
  expect(lag.conditions[0].condition_threshold.threshold_value).toBe(50_000);
  const tunnel = resources(prod, "google_compute_firewall").find(({ name }) => name === "trips-kafka-tunnel");
  expect(tunnel.allow[0].ports).toEqual(["22", "9094", "9095", "9096", "8081"]);
});

test("who may log in is who is configured, and Spark", () => {
  const readers = resources(dev, "google_secret_manager_secret_iam_member")
    .filter(({ secret_id, role }) => /users_(consumer|admin)_/.test(secret_id) && role.endsWith("secretAccessor"))
    .map(({ secret_id, member }) => `${/users_(\w+?)_/.exec(secret_id)![1]!} ${/service_account\.(\w+?)_/.exec(member)?.[1] ?? member}`);
  expect(readers.sort()).toEqual([
    "admin kafka",
    "admin user:ada@example.com",
    "consumer group:engineers@example.com",
    "consumer kafka",
    "consumer spark",
  ]);
});

test("the outputs say how to reach it", () => {
  expect(prod.output.kafka.value.bootstrap_servers.split(",")).toHaveLength(3);
  expect(prod.output.kafka.value.tunnel_commands).toHaveLength(4);
  expect(Object.keys(prod.output.kafka.value.password_secrets).sort()).toEqual(["admin", "connect", "consumer", "producer", "streams"]);
});

test("what a machine installs is all there, fits into its metadata, and holds no test", () => {
  const files = Object.keys(kafkaSoftware());
  expect(files).toEqual(
    expect.arrayContaining([
      ...["boot/install.sh", "jars.lock", "maven_jars.py", "src/broker/Apply.java", "units/trips-kafka.service"],
      ...["src/streams/Main.java", "resources/windows.json", "resources/avro/ride_event.avsc"],
    ]),
  );
  expect(files.filter((file) => /test|README|pom/.test(file))).toEqual([]);
  // Google takes 256 KiB of one value.
  expect(Buffer.byteLength(script(prod))).toBeLessThan(200_000);
});

test("a disk that can't hold the topics is refused with the setting's name, and no stack trace", () => {
  const configuration = configurationOf("dev");
  const kafka = { ...configuration.streaming.kafka, diskGigabytes: 11 };
  expect(() => stackOf({ ...configuration, streaming: { ...configuration.streaming, kafka } })).toThrow(
    new ConfigurationError([
      'dev: streaming.kafka.diskGigabytes: 11 GB can\'t hold what the topics may keep: write 15 or more, or lower "mebibytes" in contracts/topics.ts.',
    ]),
  );
});
