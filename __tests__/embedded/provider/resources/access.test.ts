import * as path from "node:path";
import { UNKNOWN } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const folder = temporaryFolder();
let count = 0;
const newCore = (configuration = {}) =>
  new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev", ...configuration });

const EMAIL = "ingest@acme-dev.iam.gserviceaccount.com";
const member = `serviceAccount:${EMAIL}`;

describe("google_service_account", () => {
  const ACCOUNT = "google_service_account";

  test("has its address already in the plan", () => {
    expect(newCore().plan(ACCOUNT, { account_id: "ingest" }).state).toMatchObject({ email: EMAIL, member, unique_id: UNKNOWN });
  });

  test("is created in the provider's project or its own, and planned again without a change", () => {
    expect(newCore().create(ACCOUNT, { account_id: "ingest" })).toMatchObject({
      id: `projects/acme-dev/serviceAccounts/${EMAIL}`,
      name: `projects/acme-dev/serviceAccounts/${EMAIL}`,
      project: "acme-dev",
      unique_id: expect.stringMatching(/^\d{21}$/),
    });
    expect(newCore().create(ACCOUNT, { account_id: "ingest", project: "acme-prod" }).email).toBe(
      "ingest@acme-prod.iam.gserviceaccount.com",
    );
  });

  test("its name changes in place, its id replaces it", () => {
    const core = newCore();
    const state = core.create(ACCOUNT, { account_id: "ingest" });

    expect(core.plan(ACCOUNT, { account_id: "ingest", display_name: "Ingest" }, state).action).toBe("update");
    expect(core.plan(ACCOUNT, { account_id: "ingest2" }, state)).toMatchObject({ action: "replace", replacedBy: ["account_id"] });
    expect(core.destroy(ACCOUNT, state)).toBeUndefined();
    expect(core.read(ACCOUNT, state)).toBeNull();
  });

  test("drift is read and healed", () => {
    const core = newCore();
    const state = core.create(ACCOUNT, { account_id: "ingest" });
    core.catalog.put(ACCOUNT, { ...core.catalog.get(ACCOUNT, String(state.id))!, disabled: true } as { id: string });

    expect(core.plan(ACCOUNT, { account_id: "ingest" }, core.read(ACCOUNT, state))).toMatchObject({
      action: "update",
      state: { disabled: false },
    });
  });

  test("an id that is too short is refused", () => {
    expect(newCore().complaints("google_service_account", { account_id: "in" })).toEqual([expect.stringMatching(/6 to 30/)]);
  });
});

describe("google_project_service", () => {
  const SERVICE = "google_project_service";
  const bigquery = { service: "bigquery.googleapis.com", disable_on_destroy: false };

  test("is created, planned again without a change, changed in place and replaced", () => {
    const core = newCore();
    const state = core.create(SERVICE, bigquery);

    expect(state).toMatchObject({ id: "acme-dev/bigquery.googleapis.com", project: "acme-dev" });
    expect(core.plan(SERVICE, { service: "bigquery.googleapis.com" }, state)).toMatchObject({
      action: "update",
      state: { disable_on_destroy: true },
    });
    expect(core.plan(SERVICE, { ...bigquery, service: "storage.googleapis.com" }, state)).toMatchObject({ replacedBy: ["service"] });
    expect(core.destroy(SERVICE, state)).toBeUndefined();
    expect(core.read(SERVICE, state)).toBeNull();
  });

  test("a name that isn't a domain is refused", () => {
    expect(newCore().complaints(SERVICE, { service: "bigquery" })).toEqual([
      expect.stringMatching(/a domain like bigquery\.googleapis\.com/),
    ]);
  });
});

describe.each([
  ["google_project_iam_member", { project: "acme-dev" }, "acme-dev", { project: "acme-prod" }],
  ["google_storage_bucket_iam_member", { bucket: "acme-dev-lake-raw" }, "b/acme-dev-lake-raw", { bucket: "acme-dev-lake-clean" }],
  [
    "google_service_account_iam_member",
    { service_account_id: `projects/acme-dev/serviceAccounts/${EMAIL}` },
    `projects/acme-dev/serviceAccounts/${EMAIL}`,
    { service_account_id: "projects/acme-dev/serviceAccounts/other@acme-dev.iam.gserviceaccount.com" },
  ],
  [
    "google_bigquery_dataset_iam_member",
    { dataset_id: "trips_landed" },
    "projects/acme-dev/datasets/trips_landed",
    { dataset_id: "trips_marts" },
  ],
])("%s", (type, granted, resourceName, other) => {
  const grant = { ...granted, role: "roles/viewer", member };

  test("is created with the real provider's id, and planned again without a change", () => {
    expect(newCore().create(type, grant).id).toBe(`${resourceName}/roles/viewer/${member}`);
  });

  test("everything replaces it", () => {
    const core = newCore();
    const state = core.create(type, grant);

    expect(core.plan(type, { ...grant, ...other }, state)).toMatchObject({ action: "replace", replacedBy: Object.keys(other) });
    expect(core.plan(type, { ...grant, role: "roles/editor" }, state)).toMatchObject({ action: "replace", replacedBy: ["role"] });
    expect(core.plan(type, { ...grant, member: "allUsers" }, state)).toMatchObject({ action: "replace", replacedBy: ["member"] });
  });

  test("a condition is part of the id and of the grant", () => {
    const core = newCore();
    const condition = { title: "until 2027", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' };
    const state = core.create(type, { ...grant, condition: [condition] });

    expect(state.id).toContain("/until 2027/");
    const changed = { ...grant, condition: [{ ...condition, expression: "true" }] };
    expect(core.plan(type, changed, state)).toMatchObject({ action: "replace", replacedBy: ["condition"] });
  });

  test("two grants on one resource don't touch each other, and one that is gone is noticed", () => {
    const core = newCore();
    const [viewer, editor] = [core.create(type, grant), core.create(type, { ...grant, role: "roles/editor" })];

    expect(core.destroy(type, viewer)).toBeUndefined();
    expect(core.read(type, viewer)).toBeNull();
    expect(core.read(type, editor)).toEqual(editor);
  });

  test("a role and a member of no known form are refused", () => {
    expect(newCore().complaints(type, { ...grant, role: "viewer", member: EMAIL })).toEqual([
      expect.stringMatching(/Invalid role: "viewer"/),
      expect.stringMatching(/Invalid member/),
    ]);
  });
});

describe("labels", () => {
  test("the provider's labels come first, the resource's own win", () => {
    const core = newCore({ default_labels: { team: "data", env: "none" }, add_terraform_attribution_label: false });
    const state = core.create("google_bigquery_dataset", { dataset_id: "d", labels: { env: "dev" } });

    expect(state).toMatchObject({ labels: { env: "dev" }, effective_labels: { team: "data", env: "dev" } });
    expect(state.effective_labels).toEqual({ team: "data", env: "dev" });
  });

  test("what Terraform made without its own label doesn't get it later", () => {
    const dataset = { dataset_id: "d", labels: { env: "dev" } };
    const embedded = path.join(folder, String(count++));
    const before = new TerraformCore("google", embedded, { project: "acme-dev", add_terraform_attribution_label: false });
    const state = before.create("google_bigquery_dataset", dataset);

    const after = new TerraformCore("google", embedded, { project: "acme-dev" });
    expect(after.plan("google_bigquery_dataset", dataset, state).action).toBe("nothing");
  });
});
