import * as path from "node:path";
import { textOf, type ValueObject } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

describe("google_bigquery_dataset_access", () => {
  const TYPE = "google_bigquery_dataset_access";
  const reader = { dataset_id: "trips_landed", role: "roles/bigquery.dataViewer", iam_member: "group:analysts@example.com" };
  const view = { dataset_id: "trips_landed", view: [{ project_id: "acme-dev", dataset_id: "trips_shared", table_id: "yellow_trips" }] };

  test("entries of one dataset lie side by side", () => {
    const core = newCore();
    const person = core.create(TYPE, reader);
    const authorized = core.create(TYPE, view);

    expect(person).toMatchObject({ project: "acme-dev", api_updated_member: false });
    expect(core.destroy(TYPE, person)).toBeUndefined();
    expect(core.read(TYPE, person)).toBeNull();
    expect(core.read(TYPE, authorized)).toEqual(authorized);
  });

  test.each([
    ["another role", { ...reader, role: "roles/bigquery.dataEditor" }, "role"],
    ["another member", { ...reader, iam_member: "group:others@example.com" }, "iam_member"],
  ])("is replaced by %s", (_what, changed, by) => {
    const core = newCore();
    expect(core.plan(TYPE, changed, core.create(TYPE, reader))).toMatchObject({ action: "replace", replacedBy: [by] });
  });

  test("is replaced by another view", () => {
    const core = newCore();
    const other = { ...view, view: [{ ...view.view[0], table_id: "green_trips" }] };
    expect(core.plan(TYPE, other, core.create(TYPE, view)).action).toBe("replace");
  });

  test.each([
    ["nobody", { dataset_id: "d", role: "READER" }, /Exactly one of .* here are 0/],
    ["two at once", { ...reader, domain: "example.com" }, /Exactly one of .* here are 2/],
    ["a view with a role", { ...view, role: "READER" }, /gets no role/],
    ["a person without a role", { ...reader, role: null }, /needs a role/],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(TYPE, config)).toEqual([expect.stringMatching(complaint)]);
  });
});

test("google_bigquery_table_iam_member is named after its table, and replaced with it", () => {
  const TYPE = "google_bigquery_table_iam_member";
  const core = newCore();
  const grant = { dataset_id: "d", table_id: "t", role: "roles/bigquery.dataViewer", member: "group:a@example.com" };
  const state = core.create(TYPE, grant);

  expect(state.id).toBe("projects/acme-dev/datasets/d/tables/t/roles/bigquery.dataViewer/group:a@example.com");
  expect(core.plan(TYPE, { ...grant, table_id: "u" }, state)).toMatchObject({ action: "replace", replacedBy: ["table_id"] });
});

describe("google_bigquery_row_access_policy", () => {
  const TYPE = "google_bigquery_row_access_policy";
  const policy = { dataset_id: "d", table_id: "t", policy_id: "jfk", filter_predicate: "zone = 132", grantees: ["group:jfk@example.com"] };

  test("filter and grantees change in place, its table replaces it", () => {
    const core = newCore();
    const state = core.create(TYPE, policy);

    expect(state.id).toBe("projects/acme-dev/datasets/d/tables/t/rowAccessPolicies/jfk");
    expect(core.plan(TYPE, { ...policy, filter_predicate: "TRUE" }, state).action).toBe("update");
    expect(core.plan(TYPE, { ...policy, grantees: [] }, state).action).toBe("update");
    expect(core.plan(TYPE, { ...policy, table_id: "u" }, state)).toMatchObject({ action: "replace", replacedBy: ["table_id"] });
  });

  test("an id with a dash is refused", () => {
    expect(newCore().complaints(TYPE, { ...policy, policy_id: "from-jfk" })).toEqual([
      expect.stringMatching(/letters, digits and underscores/),
    ]);
  });
});

describe("google_bigquery_routine", () => {
  const TYPE = "google_bigquery_routine";
  const routine = {
    dataset_id: "d",
    routine_id: "f",
    routine_type: "SCALAR_FUNCTION",
    language: "SQL",
    arguments: [{ name: "x", data_type: '{ "typeKind": "INT64" }' }],
    return_type: '{"typeKind":"INT64"}',
    definition_body: "x + 1",
  };

  test("the body changes in place, its kind replaces it", () => {
    const core = newCore();
    const state = core.create(TYPE, routine);

    expect(state).toMatchObject({
      id: "projects/acme-dev/datasets/d/routines/f",
      arguments: [{ argument_kind: "FIXED_TYPE", data_type: '{"typeKind":"INT64"}' }],
    });
    expect(core.plan(TYPE, { ...routine, definition_body: "x + 2" }, state).action).toBe("update");
    const tableFunction = { ...routine, routine_type: "TABLE_VALUED_FUNCTION" };
    expect(core.plan(TYPE, tableFunction, state)).toMatchObject({ action: "replace", replacedBy: ["routine_type"] });
  });

  test("goes with its dataset", () => {
    const core = newCore();
    const dataset = core.create("google_bigquery_dataset", { dataset_id: "d" });
    const state = core.create(TYPE, routine);

    expect(core.destroy("google_bigquery_dataset", dataset)).toBeUndefined();
    expect(core.read(TYPE, state)).toBeNull();
  });

  test.each([
    ["a kind that isn't one", { ...routine, routine_type: "FUNCTION" }, /must be SCALAR_FUNCTION, PROCEDURE or/],
    ["a type that isn't JSON", { ...routine, return_type: "INT64" }, /must be JSON/],
  ])("refuses %s", (_what, config, complaint) => {
    expect(newCore().complaints(TYPE, config)).toEqual([expect.stringMatching(complaint)]);
  });
});

describe("policy tags and masks", () => {
  const [TAXONOMY, TAG, MASK] = [
    "google_data_catalog_taxonomy",
    "google_data_catalog_policy_tag",
    "google_bigquery_datapolicy_data_policy",
  ];
  const taxonomy = { display_name: "trips-dev acme-dev", region: "europe-west1", activated_policy_types: ["FINE_GRAINED_ACCESS_CONTROL"] };
  const mask = (tag: ValueObject) => ({
    location: "europe-west1",
    data_policy_id: "masked",
    policy_tag: textOf(tag, "name"),
    data_policy_type: "DATA_MASKING_POLICY",
    data_masking_policy: [{ predefined_expression: "ALWAYS_NULL" }],
  });

  test("a renamed taxonomy keeps its number, and takes its tags along when it goes", () => {
    const core = newCore();
    const made = core.create(TAXONOMY!, taxonomy);
    const tag = core.create(TAG!, { taxonomy: made.name!, display_name: "driver_income" });

    expect(made.name).toMatch(/^projects\/acme-dev\/locations\/europe-west1\/taxonomies\/\d{19}$/);
    expect(tag.id).toMatch(/\/taxonomies\/\d{19}\/policyTags\/\d{19}$/);
    const renamed = core.apply(TAXONOMY!, { ...taxonomy, display_name: "trips" }, made);
    expect(renamed.id).toBe(made.id);
    expect(core.plan(TAXONOMY!, { ...taxonomy, region: "us" }, made)).toMatchObject({ action: "replace", replacedBy: ["region"] });
    expect(core.plan(TAG!, { taxonomy: "other", display_name: "driver_income" }, tag)).toMatchObject({ action: "replace" });
    expect(core.destroy(TAXONOMY!, renamed)).toBeUndefined();
    expect(core.read(TAG!, tag)).toBeNull();
  });

  test("another mask is an update, another id a replacement", () => {
    const core = newCore();
    const tag = core.create(TAG!, { taxonomy: "projects/acme-dev/locations/europe-west1/taxonomies/1", display_name: "driver_income" });
    const state = core.create(MASK!, mask(tag));

    expect(state.name).toBe("projects/acme-dev/locations/europe-west1/dataPolicies/masked");
    const hashed = { ...mask(tag), data_masking_policy: [{ predefined_expression: "SHA256" }] };
    expect(core.plan(MASK!, hashed, state).action).toBe("update");
    expect(core.plan(MASK!, { ...mask(tag), data_policy_id: "other" }, state)).toMatchObject({ replacedBy: ["data_policy_id"] });
  });

  test("grants on both are named after them", () => {
    const core = newCore();
    const member = "group:a@example.com";
    const tagGrant = {
      policy_tag: "projects/p/locations/l/taxonomies/1/policyTags/2",
      role: "roles/datacatalog.categoryFineGrainedReader",
      member,
    };
    const maskGrant = { location: "l", data_policy_id: "masked", role: "roles/bigquerydatapolicy.maskedReader", member };

    expect(core.create(`${TAG!}_iam_member`, tagGrant).id).toBe(`${tagGrant.policy_tag}/${tagGrant.role}/${member}`);
    const state = core.create(`${MASK!}_iam_member`, maskGrant);
    expect(state.id).toBe(`projects/acme-dev/locations/l/dataPolicies/masked/${maskGrant.role}/${member}`);
    expect(core.plan(`${MASK!}_iam_member`, { ...maskGrant, data_policy_id: "other" }, state).action).toBe("replace");
  });

  test.each([
    ["a mask that isn't one", MASK!, { predefined_expression: "STARS" }, /one of BigQuery's masks/],
    ["a mask and a routine", MASK!, { predefined_expression: "SHA256", routine: "r" }, /Exactly one of predefined_expression and routine/],
  ])("refuses %s", (_what, type, data_masking_policy, complaint) => {
    const config = { ...mask({ name: "tag" }), data_masking_policy: [data_masking_policy] };
    expect(newCore().complaints(type, config)).toEqual([expect.stringMatching(complaint)]);
  });

  test("a display name that ends with a space is refused", () => {
    expect(newCore().complaints(TAXONOMY!, { ...taxonomy, display_name: "trips " })).toEqual([expect.stringMatching(/inner spaces/)]);
  });
});
