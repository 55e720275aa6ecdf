import { Testing, TerraformStack } from "cdktf";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import * as fs from "node:fs";
import * as path from "node:path";
import { loadConfigurations } from "../../config/load";
import { rulePack } from "../../stacks/rule-pack";
import { findingsIn, withFiles } from "./every-stack";

const root = path.resolve(__dirname, "../..");
const everything = path.resolve(__dirname, "../fixtures/everything");

describe("every stack keeps every rule", () => {
  test.each(["cloud", "embedded"])("as configured in config/, target %s, where nobody has said who pays", (target) => {
    const { stacks, findings, warnings } = findingsIn({ root, variables: { PLATFORM_TARGET: target } });

    expect(stacks).toEqual(["dev-bootstrap", "dev", "prod-bootstrap", "prod"]);
    expect(findings).toEqual([]);
    expect(warnings).toEqual(["budget prod-bootstrap: it has no budget"]);
  });

  test("with everything switched on", () => {
    expect(findingsIn({ root, folder: everything, variables: {} })).toMatchObject({ findings: [], warnings: [] });
  });

  test("with Airflow on a machine", () => {
    const folder = path.resolve(__dirname, "../fixtures/machine");

    expect(findingsIn({ root, folder, variables: {} })).toMatchObject({ findings: [], warnings: [] });
  });

  test("with everything of dev switched on where data stays", () => {
    const read = (name: string) => fs.readFileSync(path.join(everything, name), "utf8");
    const dev = read("dev.yaml").replace("allowsDataDeletion: true", "allowsDataDeletion: false");
    expect(dev).not.toBe(read("dev.yaml"));

    withFiles({ "dev.yaml": dev, "prod.yaml": read("prod.yaml") }, (folder) => {
      expect(findingsIn({ root, folder, variables: {} })).toMatchObject({ findings: [], warnings: [] });
    });
  });
});

test("the project's rules protect prod's data, want a budget for it, and everything where the environment is", () => {
  const configurations = loadConfigurations({ root, folder: everything, variables: {} });
  const app = Testing.app();
  for (const name of ["dev", "dev-bootstrap", "prod", "prod-bootstrap"]) {
    const labels = { environment: name };
    new StorageBucket(new TerraformStack(app, name), "bucket", { name: "acme-lake", location: "us-east1", forceDestroy: true, labels });
  }

  const found = rulePack(configurations)
    .findings(app)
    .map(({ rule, path: at }) => `${rule} ${at}`);

  expect(found.filter((one) => /^(data-protection|budget|labels|one-location)/.test(one)).sort()).toEqual([
    "budget prod-bootstrap",
    "data-protection prod-bootstrap/bucket",
    "data-protection prod/bucket",
    "one-location dev-bootstrap/bucket",
    "one-location dev/bucket",
    "one-location prod-bootstrap/bucket",
    "one-location prod/bucket",
  ]);
});
