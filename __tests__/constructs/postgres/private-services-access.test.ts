import { Network } from "../../../constructs/network/network";
import { PrivateServicesAccess } from "../../../constructs/postgres/private-services-access";
import { dev, only, synth } from "../synth";

const access = (prefixLength?: number) =>
  synth((stack) => {
    const network = new Network(stack, "network", { environment: dev });
    new PrivateServicesAccess(stack, "services", { environment: dev, network, prefixLength });
  });

test("minimal: a range that Google chooses, and the peering that hands it out", () => {
  const json = access();
  const [range] = Object.keys(json.resource.google_compute_global_address);

  expect(only(json, "google_compute_global_address")).toMatchObject({
    project: "acme-dev",
    name: "trips-services",
    purpose: "VPC_PEERING",
    address_type: "INTERNAL",
    prefix_length: 20,
    network: expect.stringMatching(/^\$\{google_compute_network\.\w+\.id\}$/),
    labels: { environment: "dev" },
  });
  expect(only(json, "google_compute_global_address").address).toBeUndefined();
  expect(only(json, "google_service_networking_connection")).toMatchObject({
    service: "servicenetworking.googleapis.com",
    reserved_peering_ranges: [`\${google_compute_global_address.${range}.name}`],
  });
});

test("a destroy leaves the peering behind, which Cloud SQL still holds, and a later deploy takes it over", () => {
  expect(only(access(), "google_service_networking_connection")).toMatchObject({
    deletion_policy: "ABANDON",
    update_on_creation_fail: true,
  });
});

test("a range as large as asked for; one that is no range for Cloud SQL is refused", () => {
  expect(only(access(24), "google_compute_global_address").prefix_length).toBe(24);
  expect(() => access(25)).toThrow(/prefixLength .* from 16 to 24, not 25/);
});
