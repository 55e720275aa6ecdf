import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const RULE = "google_compute_firewall";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const spark = "trips-spark@acme-dev.iam.gserviceaccount.com";
const tunnel = {
  name: "trips-spark-tunnel",
  network: "projects/acme-dev/global/networks/trips",
  allow: [{ protocol: "tcp", ports: ["22"] }],
  source_ranges: ["35.235.240.0/20"],
  target_service_accounts: [spark],
  log_config: [{ metadata: "INCLUDE_ALL_METADATA" }],
};

describe("google_compute_firewall", () => {
  test("is created for what comes in, and planned again without a change", () => {
    expect(newCore().create(RULE, tunnel)).toMatchObject({
      id: "projects/acme-dev/global/firewalls/trips-spark-tunnel",
      direction: "INGRESS",
      priority: 1000,
      project: "acme-dev",
    });
  });

  test("ports change in place, direction and name replace it", () => {
    const core = newCore();
    const state = core.create(RULE, tunnel);
    const changed = { ...tunnel, allow: [{ protocol: "tcp", ports: ["22", "9094"] }] };

    expect(core.plan(RULE, changed, state).action).toBe("update");
    expect(core.plan(RULE, changed, core.apply(RULE, changed, state)).action).toBe("nothing");
    expect(core.plan(RULE, { ...tunnel, direction: "EGRESS" }, state)).toMatchObject({ action: "replace", replacedBy: ["direction"] });
    expect(core.plan(RULE, { ...tunnel, name: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
  });

  test("drift is read and healed", () => {
    const core = newCore();
    const state = core.create(RULE, tunnel);
    core.catalog.put(RULE, { ...core.catalog.get(RULE, String(state.id))!, source_ranges: ["0.0.0.0/0"] } as { id: string });

    expect(core.plan(RULE, tunnel, core.read(RULE, state))).toMatchObject({
      action: "update",
      state: { source_ranges: ["35.235.240.0/20"] },
    });
  });

  test.each([
    ["neither allows nor denies", { allow: [] }, /must hold allow or deny/],
    ["allows and denies", { deny: [{ protocol: "all" }] }, /must hold allow or deny/],
    ["names no source", { source_ranges: null }, /must name source_ranges/],
    ["mixes accounts and tags", { target_tags: ["spark"] }, /doesn't go together with target_tags/],
    ["has no priority that exists", { priority: 70_000 }, /70000 must be from 0 to 65535/],
  ])("a rule that %s is refused", (_what, change, complaint) => {
    expect(newCore().complaints(RULE, { ...tunnel, ...change })).toEqual([expect.stringMatching(complaint)]);
  });
});

test("google_iap_tunnel_iam_member: the condition is part of the grant", () => {
  const GRANT = "google_iap_tunnel_iam_member";
  const core = newCore();
  const ssh = { title: "ports 22", expression: "destination.port == 22" };
  const grant = { role: "roles/iap.tunnelResourceAccessor", member: "group:engineers@example.com", condition: [ssh] };
  const state = core.create(GRANT, grant);

  expect(state).toMatchObject({ project: "acme-dev", id: expect.stringMatching(/^projects\/acme-dev\/iap_tunnel\/roles\/iap\./) });
  expect(core.plan(GRANT, { ...grant, condition: [{ ...ssh, expression: "true" }] }, state)).toMatchObject({ replacedBy: ["condition"] });
});
