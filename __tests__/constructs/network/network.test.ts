import type { TerraformStack } from "cdktf";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Network } from "../../../constructs/network/network";
import type { NetworkProps } from "../../../constructs/network/network-props";
import { dev, only, resources, synth } from "../synth";

const network = (props: Partial<NetworkProps> = {}, then: (made: Network, stack: TerraformStack) => void = () => {}) =>
  synth((stack) => {
    then(new Network(stack, "network", { environment: dev, ...props }), stack);
  });
const identity = (stack: TerraformStack, workload: string) =>
  new WorkloadIdentity(stack, workload, { environment: dev, workload, description: workload });
const engineers = { id: "engineers", member: "group:engineers@example.com" };

describe("Network", () => {
  test("minimal: one private subnet with flow logs that reaches Google's APIs, and no rule at all", () => {
    const json = network();

    expect(only(json, "google_compute_network")).toMatchObject({ project: "acme-dev", name: "trips", auto_create_subnetworks: false });
    const [vpc] = Object.keys(json.resource.google_compute_network);
    expect(only(json, "google_compute_subnetwork")).toMatchObject({
      region: "europe-west1",
      network: `\${google_compute_network.${vpc}.id}`,
      ip_cidr_range: "10.10.0.0/20",
      private_ip_google_access: true,
      log_config: { aggregation_interval: "INTERVAL_10_MIN", flow_sampling: 0.5, metadata: "INCLUDE_ALL_METADATA" },
    });
    expect(resources(json, "google_compute_firewall")).toEqual([]);
  });

  test("the internet is reached through NAT from this subnet alone, and failures are logged", () => {
    const json = network();

    expect(only(json, "google_compute_router_nat")).toMatchObject({
      nat_ip_allocate_option: "AUTO_ONLY",
      source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS",
      subnetwork: [
        { name: expect.stringMatching(/^\$\{google_compute_subnetwork\.\w+\.id\}$/), source_ip_ranges_to_nat: ["PRIMARY_IP_RANGE"] },
      ],
      log_config: { enable: true, filter: "ERRORS_ONLY" },
    });
  });

  test("without NAT there is neither router nor gateway", () => {
    expect(Object.keys(network({ nat: false }).resource).sort()).toEqual(["google_compute_network", "google_compute_subnetwork"]);
  });

  test("range and flow logs as asked for", () => {
    const made = network({ cidr: "192.168.4.0/24", flowLogSampling: 1, flowLogInterval: "INTERVAL_5_SEC" });

    expect(only(made, "google_compute_subnetwork")).toMatchObject({
      ip_cidr_range: "192.168.4.0/24",
      log_config: { aggregation_interval: "INTERVAL_5_SEC", flow_sampling: 1 },
    });
    expect(() => network({ flowLogSampling: 0 })).toThrow(/flowLogSampling must be more than 0/);
  });

  test.each([
    ["10.10.0.0", /must look like 10\.10\.0\.0\/20/],
    ["10.10.0.300/20", /must look like/],
    ["10.10.0.0/30", /prefix from \/8 to \/29/],
    ["10.10.1.0/20", /begin at a multiple of its size, e\.g\. 10\.10\.0\.0\/20/],
    ["8.8.8.0/24", /must lie within 10\.0\.0\.0\/8/],
    ["172.16.0.0/11", /begin at a multiple of its size, e\.g\. 172\.0\.0\.0\/11/],
    ["192.168.0.0/15", /must lie within/],
  ])("the range %s is refused", (cidr, message) => {
    expect(() => network({ cidr })).toThrow(message);
  });
});

describe("Firewall", () => {
  const firewalls = (json: any) => Object.fromEntries(resources(json, "google_compute_firewall").map((rule) => [rule.name, rule]));

  test("machines of one workload talk to each other on every port, and to no other's", () => {
    const json = network({}, (made, stack) => made.firewall.allowInternal(identity(stack, "spark")));

    const [account] = Object.keys(json.resource.google_service_account);
    const email = `\${google_service_account.${account}.email}`;
    expect(firewalls(json)["trips-spark-internal"]).toMatchObject({
      direction: "INGRESS",
      source_service_accounts: [email],
      target_service_accounts: [email],
      allow: [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }],
      log_config: { metadata: "INCLUDE_ALL_METADATA" },
    });
    expect(firewalls(json)["trips-spark-internal"].source_ranges).toBeUndefined();
  });

  test("a tunnel comes from Identity-Aware Proxy alone and ends at SSH and the ports that are named", () => {
    const json = network({}, (made, stack) => made.firewall.allowTunnel(identity(stack, "kafka"), [9094]));

    expect(firewalls(json)["trips-kafka-tunnel"]).toMatchObject({
      source_ranges: ["35.235.240.0/20"],
      target_service_accounts: [expect.stringMatching(/google_service_account/)],
      allow: [{ protocol: "tcp", ports: ["22", "9094"] }],
      log_config: { metadata: "INCLUDE_ALL_METADATA" },
    });
  });

  test("who may open tunnels may to these ports only", () => {
    const json = network({}, (made) => made.firewall.grantTunnel(engineers, [9094]));

    expect(only(json, "google_iap_tunnel_iam_member")).toEqual(
      expect.objectContaining({
        project: "acme-dev",
        role: "roles/iap.tunnelResourceAccessor",
        member: engineers.member,
        condition: { title: "ports 22, 9094", expression: "destination.port == 22 || destination.port == 9094" },
      }),
    );
  });

  test("a port that is none, or named twice, is refused", () => {
    const open = (...ports: number[]) => network({}, (made) => made.firewall.grantTunnel(engineers, ports));

    expect(() => open(70_000)).toThrow(/70000 is no TCP port/);
    expect(() => open(22)).toThrow(/Port 22 is named twice/);
    expect(() => open(9094, 9094)).toThrow(/Port 9094 is named twice/);
  });
});
