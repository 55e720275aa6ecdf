import * as path from "node:path";
import { extractSchema } from "../../../../embedded/provider/schema/bindings/extract-schema";

const bindings = (name: string) => path.join(__dirname, "..", "..", "..", "..", "node_modules", "@cdktf", `provider-${name}`);

describe("the schema from the npm bindings", () => {
  const google = extractSchema(bindings("google"), ["google_storage_bucket", "google_bigquery_table", "google_dataplex_datascan"]);
  const docker = extractSchema(bindings("docker"), ["docker_container"]);
  const bucket = google.resources.google_storage_bucket!;
  const container = docker.resources.docker_container!;

  test("names the providers and their versions", () => {
    expect(google).toMatchObject({ name: "google", source: "hashicorp/google", version: "6.50.0" });
    expect(docker).toMatchObject({ name: "docker", source: "kreuzwerker/docker", version: "3.6.2" });
  });

  test("has required, optional and read-only attributes with their types", () => {
    expect(bucket.attributes).toMatchObject({
      name: { type: "string", required: true },
      force_destroy: { type: "bool", optional: true },
      labels: { type: ["map", "string"], optional: true },
      project_number: { type: "number", computed: true },
    });
    expect(container.attributes.env).toEqual({ type: ["set", "string"], optional: true });
    expect(container.attributes.command).toEqual({ type: ["list", "string"], optional: true });
  });

  test("a read-only list of objects is an attribute, not a block", () => {
    expect(container.blocks.network_data).toBeUndefined();
    expect(container.attributes.network_data).toMatchObject({
      type: ["list", ["object", { gateway: "string", ip_prefix_length: "number" }]],
      computed: true,
    });
  });

  test("has lists, sets and single blocks, and how many there may be", () => {
    const condition = bucket.blocks.lifecycle_rule!.block.blocks.condition!;

    expect(bucket.blocks.versioning).toMatchObject({ nesting: "list", maxItems: 1 });
    expect(bucket.blocks.lifecycle_rule).toMatchObject({ nesting: "list" });
    expect(bucket.blocks.lifecycle_rule).not.toHaveProperty("maxItems");
    expect(condition).toMatchObject({ nesting: "set", minItems: 1, maxItems: 1 });
    expect(bucket.blocks.timeouts).toMatchObject({ nesting: "single" });
    expect(container.blocks.ports).toMatchObject({ nesting: "list" });
    expect(container.blocks.volumes).toMatchObject({ nesting: "set" });
  });

  test("reaches blocks in blocks", () => {
    const hive = google.resources.google_bigquery_table!.blocks.external_data_configuration!.block.blocks.hive_partitioning_options!;

    expect(Object.keys(hive.block.attributes).sort()).toEqual(["mode", "require_partition_filter", "source_uri_prefix"]);
  });

  test("has the providers' own configuration", () => {
    expect(google.configuration.attributes.project).toEqual({ type: "string", optional: true });
    expect(google.configuration.attributes.alias).toBeUndefined();
    expect(google.configuration.attributes.default_labels).toEqual({ type: ["map", "string"], optional: true });
    expect(docker.configuration.blocks.registry_auth!.block.attributes.address).toEqual({ type: "string", optional: true });
  });

  test("a type that the bindings don't have is named", () => {
    expect(() => extractSchema(bindings("google"), ["google_no_such_thing"])).toThrow(/have no google_no_such_thing/);
  });
});
