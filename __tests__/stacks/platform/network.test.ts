import { resolve } from "node:path";
import { loadConfigurations } from "../../../config/load";
import { composeNetwork } from "../../../stacks/platform/network";
import { platformServices } from "../../../stacks/platform/services";
import { composeWorkloads } from "../../../stacks/platform/workloads";
import { dev, only, resources, synth } from "../../constructs/synth";

const folder = resolve(__dirname, "../../fixtures/config");
const configuration = loadConfigurations({ folder, variables: {} })[0]!;
const configured = (network: Partial<typeof configuration.network>) => ({
  ...configuration,
  network: { ...configuration.network, ...network },
});
const synthNetwork = (network: Partial<typeof configuration.network> = {}) =>
  synth((stack) => composeNetwork(stack, dev, configured(network), composeWorkloads(stack, dev)));

test("every setting reaches the network", () => {
  const json = synthNetwork({
    cidr: "10.30.0.0/22",
    nat: false,
    flowLogs: { sampling: 1, interval: "INTERVAL_1_MIN" },
    tunnel: { users: ["user:ada@example.com"], ports: [9094] },
  });

  expect(only(json, "google_compute_subnetwork")).toMatchObject({
    ip_cidr_range: "10.30.0.0/22",
    log_config: { flow_sampling: 1, aggregation_interval: "INTERVAL_1_MIN" },
  });
  expect(json.resource.google_compute_router_nat).toBeUndefined();
  expect(only(json, "google_iap_tunnel_iam_member")).toMatchObject({
    member: "user:ada@example.com",
    condition: { expression: "destination.port == 22 || destination.port == 9094" },
  });
});

test("Spark's and Kafka's machines are open to their own kind and to tunnels, and no rule opens anything to the world", () => {
  const rules = resources(synthNetwork(), "google_compute_firewall");

  expect(rules.map(({ name }) => name).sort()).toEqual([
    "trips-kafka-internal",
    "trips-kafka-tunnel",
    "trips-spark-internal",
    "trips-spark-tunnel",
  ]);
  expect(rules.flatMap(({ source_ranges }) => source_ranges ?? [])).toEqual(["35.235.240.0/20", "35.235.240.0/20"]);
  expect(rules.every(({ target_service_accounts, log_config }) => target_service_accounts.length === 1 && log_config)).toBe(true);
});

test("switched off, there is nothing, and no API for it", () => {
  expect(Object.keys(synthNetwork({ enabled: false }).resource)).toEqual(["google_service_account"]);
  expect(platformServices(configured({ enabled: false }))).not.toContain("compute.googleapis.com");
  expect(platformServices(configured({ enabled: true }))).toContain("compute.googleapis.com");
  expect(platformServices(configured({ tunnel: { users: ["user:ada@example.com"], ports: [] } }))).toContain("iap.googleapis.com");
});
