import { toDynamicValue, fromDynamicValue } from "../../../embedded/provider/protocol/dynamic-value";
import { temporaryFolder } from "./temporary-folder";
import { TerraformCore } from "./terraform-core";

describe("the stand-in provider", () => {
  const core = new TerraformCore("google", temporaryFolder(), { project: "acme-dev" });
  const type = "google_storage_bucket";
  const nothing = Buffer.alloc(0);

  test("announces every type of the rule book, and no data sources", () => {
    const { resource_schemas, data_source_schemas } = core.provider.GetSchema();

    expect(Object.keys(resource_schemas)).toContain(type);
    expect(resource_schemas[type]?.version).toBe(3);
    expect(data_source_schemas).toEqual({});
  });

  test("imports an object by its id, which Terraform then reads", () => {
    const state = core.create(type, { name: "acme-dev-imported", location: "EU" });
    const { imported_resources = [] } = core.provider.ImportResourceState({ type_name: type, id: "acme-dev-imported" });

    const imported = fromDynamicValue(imported_resources[0]?.state) as { id: string };
    expect(imported.id).toBe("acme-dev-imported");
    expect(core.read(type, imported)).toEqual(state);
  });

  test("importing what isn't there is an error", () => {
    const { diagnostics = [] } = core.provider.ImportResourceState({ type_name: type, id: "nowhere" });

    expect(diagnostics[0]?.detail).toBe('The embedded cloud has no google_storage_bucket with id "nowhere".');
  });

  test("an older state gets the attributes that it lacks and loses those that are gone", () => {
    const { upgraded_state } = core.provider.UpgradeResourceState({
      type_name: type,
      raw_state: { json: Buffer.from('{"id": "a", "name": "a", "location": "EU", "bucket_policy_only": true}') },
    });

    expect(fromDynamicValue(upgraded_state)).toMatchObject({ id: "a", rpo: null, lifecycle_rule: [] });
    expect(fromDynamicValue(upgraded_state)).not.toHaveProperty("bucket_policy_only");
  });

  test("destroying is planned as it is asked for", () => {
    const destroyed = { planned_state: toDynamicValue(null), planned_private: nothing, legacy_type_system: true };
    const request = { proposed_new_state: toDynamicValue(null), config: toDynamicValue(null), prior_private: nothing };

    expect(core.provider.PlanResourceChange({ type_name: type, prior_state: toDynamicValue({ id: "a" }), ...request })).toEqual(destroyed);
  });
});
