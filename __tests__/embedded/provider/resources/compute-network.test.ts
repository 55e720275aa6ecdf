import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });
const network = "projects/acme-dev/global/networks/trips";
const subnetName = "projects/acme-dev/regions/europe-west1/subnetworks/trips";

describe("google_compute_network", () => {
  const VPC = "google_compute_network";
  const vpc = { name: "trips", auto_create_subnetworks: false };

  test("is created, and planned again without a change", () => {
    expect(newCore().create(VPC, vpc)).toMatchObject({
      id: network,
      self_link: `https://www.googleapis.com/compute/v1/${network}`,
      routing_mode: "REGIONAL",
      delete_default_routes_on_create: false,
    });
  });

  test("routing changes in place, a description replaces it", () => {
    const core = newCore();
    const state = core.create(VPC, vpc);
    const changed = { ...vpc, routing_mode: "GLOBAL" };

    expect(core.plan(VPC, changed, state).action).toBe("update");
    expect(core.plan(VPC, changed, core.apply(VPC, changed, state)).action).toBe("nothing");
    expect(core.plan(VPC, { ...vpc, description: "new" }, state)).toMatchObject({ action: "replace", replacedBy: ["description"] });
    expect(core.plan(VPC, { name: "trips" }, state)).toMatchObject({ replacedBy: ["auto_create_subnetworks"] });
  });

  test("a name with an underscore is refused", () => {
    expect(newCore().complaints(VPC, { name: "trips_dev" })).toEqual([expect.stringMatching(/"trips_dev" must be 1 to 63 of a-z/)]);
  });
});

describe("google_compute_subnetwork", () => {
  const SUBNET = "google_compute_subnetwork";
  const subnet = {
    name: "trips",
    region: "europe-west1",
    network,
    ip_cidr_range: "10.10.0.0/20",
    private_ip_google_access: true,
    log_config: [{ aggregation_interval: "INTERVAL_10_MIN" }],
  };

  test("is created with flow logs as configured, and planned again without a change", () => {
    expect(newCore().create(SUBNET, subnet)).toMatchObject({
      id: subnetName,
      gateway_address: "10.10.0.1",
      purpose: "PRIVATE",
      log_config: [{ aggregation_interval: "INTERVAL_10_MIN", flow_sampling: 0.5, metadata: "INCLUDE_ALL_METADATA", filter_expr: "true" }],
    });
  });

  test("it grows in place; a smaller or another range replaces it", () => {
    const core = newCore();
    const state = core.create(SUBNET, subnet);
    const range = (ip_cidr_range: string) => core.plan(SUBNET, { ...subnet, ip_cidr_range }, state);

    expect(range("10.10.0.0/19").action).toBe("update");
    expect(range("10.10.0.0/21")).toMatchObject({ action: "replace", replacedBy: ["ip_cidr_range"] });
    expect(range("10.20.0.0/20")).toMatchObject({ action: "replace", replacedBy: ["ip_cidr_range"] });
  });

  test("flow logs change in place, and a network by its URL or name is the same", () => {
    const core = newCore();
    const state = core.create(SUBNET, subnet);

    expect(core.plan(SUBNET, { ...subnet, log_config: [{ flow_sampling: 1 }] }, state).action).toBe("update");
    expect(core.plan(SUBNET, { ...subnet, network: "trips" }, state).action).toBe("nothing");
    expect(core.plan(SUBNET, { ...subnet, network: `https://www.googleapis.com/compute/v1/${network}` }, state).action).toBe("nothing");
    expect(core.plan(SUBNET, { ...subnet, network: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["network"] });
  });

  test("what is no range, and a share above 1, are refused", () => {
    const wrong = { ...subnet, ip_cidr_range: "10.10.0.0", log_config: [{ flow_sampling: 50 }] };

    expect(newCore().complaints(SUBNET, wrong)).toEqual([
      expect.stringMatching(/"10\.10\.0\.0" must be a range of addresses/),
      expect.stringMatching(/flow_sampling 50 must be from 0 to 1/),
    ]);
  });
});

test("google_compute_router: a description changes in place, the region replaces it", () => {
  const ROUTER = "google_compute_router";
  const core = newCore();
  const router = { name: "trips", region: "europe-west1", network };
  const state = core.create(ROUTER, router);

  expect(state.id).toBe("projects/acme-dev/regions/europe-west1/routers/trips");
  expect(core.plan(ROUTER, { ...router, description: "new" }, state).action).toBe("update");
  expect(core.plan(ROUTER, { ...router, region: "europe-west4" }, state)).toMatchObject({ action: "replace", replacedBy: ["region"] });
});

describe("google_compute_router_nat", () => {
  const NAT = "google_compute_router_nat";
  const nat = {
    name: "trips",
    region: "europe-west1",
    router: "trips",
    nat_ip_allocate_option: "AUTO_ONLY",
    source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS",
    subnetwork: [{ name: subnetName, source_ip_ranges_to_nat: ["PRIMARY_IP_RANGE"] }],
    log_config: [{ enable: true, filter: "ERRORS_ONLY" }],
  };

  test("is created with Google's time-outs, and planned again without a change", () => {
    expect(newCore().create(NAT, nat)).toMatchObject({
      id: "acme-dev/europe-west1/trips/trips",
      type: "PUBLIC",
      tcp_established_idle_timeout_sec: 1200,
      endpoint_types: ["ENDPOINT_TYPE_VM"],
    });
  });

  test("logging changes in place, another router replaces it", () => {
    const core = newCore();
    const state = core.create(NAT, nat);
    const changed = { ...nat, log_config: [{ enable: true, filter: "ALL" }] };

    expect(core.plan(NAT, changed, state).action).toBe("update");
    expect(core.plan(NAT, changed, core.apply(NAT, changed, state)).action).toBe("nothing");
    expect(core.plan(NAT, { ...nat, router: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["router"] });
  });

  test("a list of no subnets, and addresses that were to be found automatically, are refused", () => {
    expect(newCore().complaints(NAT, { ...nat, subnetwork: [], nat_ips: ["a"] })).toEqual([
      expect.stringMatching(/LIST_OF_SUBNETWORKS needs subnetwork blocks/),
      expect.stringMatching(/though nat_ip_allocate_option is AUTO_ONLY/),
    ]);
  });
});
