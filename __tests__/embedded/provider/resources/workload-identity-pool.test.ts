import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const POOL = "google_iam_workload_identity_pool";
const PROVIDER = "google_iam_workload_identity_pool_provider";
const ROLE = "google_project_iam_custom_role";

const pool = { workload_identity_pool_id: "trips-github", display_name: "GitHub" };
const provider = {
  workload_identity_pool_id: "trips-github",
  workload_identity_pool_provider_id: "github-actions",
  attribute_condition: 'assertion.repository_id == "1"',
  attribute_mapping: { "google.subject": "assertion.sub" },
  oidc: [{ issuer_uri: "https://token.actions.githubusercontent.com" }],
};

describe(POOL, () => {
  test("is created with a name of the project's number, changed in place and replaced", () => {
    const core = newCore();
    const state = core.create(POOL, pool);

    expect(state).toMatchObject({
      id: "projects/acme-dev/locations/global/workloadIdentityPools/trips-github",
      name: expect.stringMatching(/^projects\/\d{12}\/locations\/global\/workloadIdentityPools\/trips-github$/),
      state: "ACTIVE",
    });
    expect(core.plan(POOL, { ...pool, disabled: true }, state).action).toBe("update");
    expect(core.plan(POOL, { ...pool, workload_identity_pool_id: "other" }, state)).toMatchObject({
      action: "replace",
      replacedBy: ["workload_identity_pool_id"],
    });
    expect(core.destroy(POOL, state)).toBeUndefined();
    expect(core.read(POOL, state)).toBeNull();
  });

  test.each(["gcp-github", "abc", "GitHub"])("the id %s is refused", (id) => {
    expect(newCore().complaints(POOL, { workload_identity_pool_id: id })).toEqual([expect.stringContaining("must not begin with gcp-")]);
  });
});

describe(PROVIDER, () => {
  test("is created below its pool, changed in place and replaced", () => {
    const core = newCore();
    const state = core.create(PROVIDER, provider);

    expect(state.id).toBe("projects/acme-dev/locations/global/workloadIdentityPools/trips-github/providers/github-actions");
    expect(state.name).toMatch(/^projects\/\d{12}\/.*\/providers\/github-actions$/);
    expect(core.plan(PROVIDER, { ...provider, attribute_condition: "false" }, state).action).toBe("update");
    expect(core.plan(PROVIDER, { ...provider, workload_identity_pool_id: "other" }, state).replacedBy).toEqual([
      "workload_identity_pool_id",
    ]);
    expect(core.plan(PROVIDER, { ...provider, workload_identity_pool_provider_id: "other" }, state).action).toBe("replace");
  });

  test("GitHub's tokens without a condition, no subject, and no or two sources are refused", () => {
    const core = newCore();

    expect(core.complaints(PROVIDER, { ...provider, attribute_condition: null })).toEqual([
      expect.stringContaining("GitHub signs everybody's"),
    ]);
    expect(core.complaints(PROVIDER, { ...provider, attribute_mapping: null })).toEqual([expect.stringContaining("google.subject")]);
    expect(core.complaints(PROVIDER, { ...provider, oidc: [] })).toEqual([expect.stringContaining("one of aws, oidc, saml and x509")]);
    expect(core.complaints(PROVIDER, { ...provider, aws: [{ account_id: "1" }] })).toHaveLength(1);
    expect(core.complaints(PROVIDER, provider)).toEqual([]);
  });
});

describe(ROLE, () => {
  const role = { role_id: "tripsReader", title: "Reader", permissions: ["bigquery.transfers.get"] };

  test("is created, changed in place and replaced", () => {
    const core = newCore();
    const state = core.create(ROLE, role);

    expect(state).toMatchObject({ id: "projects/acme-dev/roles/tripsReader", name: "projects/acme-dev/roles/tripsReader", stage: "GA" });
    expect(core.plan(ROLE, { ...role, permissions: ["bigquery.transfers.get", "bigquery.jobs.get"] }, state).action).toBe("update");
    expect(core.plan(ROLE, { ...role, role_id: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["role_id"] });
  });

  test("an id with a dash is refused", () => {
    expect(newCore().complaints(ROLE, { ...role, role_id: "trips-reader" })).toEqual([expect.stringContaining("no dash")]);
  });
});
