import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });
const network = "projects/acme-dev/global/networks/trips";

describe("google_compute_global_address", () => {
  const ADDRESS = "google_compute_global_address";
  const range = { name: "trips-services", purpose: "VPC_PEERING", address_type: "INTERNAL", prefix_length: 20, network };

  test("is created with a range of Google's choice, and planned again without a change", () => {
    expect(newCore().create(ADDRESS, range)).toMatchObject({
      id: "projects/acme-dev/global/addresses/trips-services",
      address: expect.stringMatching(/^10\.\d+\.0\.0$/),
      prefix_length: 20,
    });
  });

  test("labels change in place; size and network replace it, but not the network's URL", () => {
    const core = newCore();
    const state = core.create(ADDRESS, range);

    expect(core.plan(ADDRESS, { ...range, labels: { environment: "dev" } }, state).action).toBe("update");
    expect(core.plan(ADDRESS, { ...range, prefix_length: 24 }, state)).toMatchObject({ action: "replace", replacedBy: ["prefix_length"] });
    expect(core.plan(ADDRESS, { ...range, network: "other" }, state)).toMatchObject({ replacedBy: ["network"] });
    expect(core.plan(ADDRESS, { ...range, network: `https://www.googleapis.com/compute/v1/${network}` }, state).action).toBe("nothing");
  });

  test("a public address is one without a purpose, and a range for peering needs a network", () => {
    expect(newCore().create(ADDRESS, { name: "front" })).toMatchObject({ address_type: "EXTERNAL" });
    expect(newCore().complaints(ADDRESS, { ...range, network: null })).toEqual([expect.stringMatching(/needs address_type INTERNAL and/)]);
    expect(newCore().complaints(ADDRESS, { ...range, purpose: "PEERING" })).toEqual([expect.stringMatching(/"PEERING" must be one of/)]);
  });
});

test("google_service_networking_connection: ranges change in place, another network replaces it", () => {
  const CONNECTION = "google_service_networking_connection";
  const core = newCore();
  const connection = { network, service: "servicenetworking.googleapis.com", reserved_peering_ranges: ["trips-services"] };
  const state = core.create(CONNECTION, connection);

  expect(state).toMatchObject({
    id: "projects%2Facme-dev%2Fglobal%2Fnetworks%2Ftrips:servicenetworking.googleapis.com",
    peering: "servicenetworking-googleapis-com",
  });
  expect(core.plan(CONNECTION, { ...connection, reserved_peering_ranges: ["a", "b"] }, state).action).toBe("update");
  expect(core.plan(CONNECTION, { ...connection, network: "trips" }, state).action).toBe("nothing");
  expect(core.plan(CONNECTION, { ...connection, network: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["network"] });
  expect(core.complaints(CONNECTION, { ...connection, deletion_policy: "KEEP" })).toEqual([expect.stringMatching(/"KEEP" must be one of/)]);
});
