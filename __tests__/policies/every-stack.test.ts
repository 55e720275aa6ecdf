import { Testing, TerraformStack } from "cdktf";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import * as fs from "node:fs";
import * as path from "node:path";
import { environmentNames, loadConfigurations } from "../../config/load";
import { rulePack } from "../../stacks/rule-pack";
import { findingsIn, withFiles } from "./every-stack";

const root = path.resolve(__dirname, "../..");

/** Files of all environments in which everything is switched on that can be. */
function everything(): Record<string, string> {
  const settings = fs.readFileSync(path.join(__dirname, "everything.yaml"), "utf8");
  const fileOf = (name: string, index: number) =>
    [`project: { id: acme-trips-${name}, number: "12345678901${index}" }`, `allowsDataDeletion: ${name === "dev"}`, settings].join("\n");
  return Object.fromEntries(environmentNames.map((name, index) => [`${name}.yaml`, fileOf(name, index)]));
}

describe("every stack keeps every rule", () => {
  test.each(["cloud", "embedded"])("as configured in config/, target %s", (target) => {
    const { stacks, findings } = findingsIn({ root, variables: { PLATFORM_TARGET: target } });

    expect(stacks).toEqual(["dev-bootstrap", "dev", "prod-bootstrap", "prod"]);
    expect(findings).toEqual([]);
  });

  test("with everything switched on", () => {
    withFiles(everything(), (folder) => {
      expect(findingsIn({ root, folder, variables: {} }).findings).toEqual([]);
    });
  });
});

test("the project's rules protect prod's data, and want a budget where somebody pays", () => {
  const configurations = withFiles(everything(), (folder) => loadConfigurations({ root, folder, variables: {} }));
  const app = Testing.app();
  for (const name of ["dev", "prod", "prod-bootstrap"]) {
    const labels = { environment: name };
    new StorageBucket(new TerraformStack(app, name), "bucket", { name: "acme-lake", location: "EU", forceDestroy: true, labels });
  }

  const found = rulePack(configurations)
    .findings(app)
    .map(({ rule, path: at }) => `${rule} ${at}`);

  expect(found.filter((one) => /^(data-protection|budget|labels)/.test(one)).sort()).toEqual([
    "budget prod-bootstrap",
    "data-protection prod-bootstrap/bucket",
    "data-protection prod/bucket",
  ]);
});
