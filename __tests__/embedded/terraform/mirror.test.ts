import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { mirrorFolder, writeMirror } from "../../../embedded/terraform/mirror";
import { root } from "../provider/built-provider";
import { temporaryFolder } from "../provider/temporary-folder";

const folder = temporaryFolder();
const architecture = process.arch === "x64" ? "amd64" : process.arch;

/** Contents by path of a mirror written for the given place. */
function mirrorAt(place: string): Record<string, string> {
  const embedded = path.join(folder, place);
  writeMirror(root, embedded);
  const entries = fs.readdirSync(mirrorFolder(embedded), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(files.map((file) => [path.relative(mirrorFolder(embedded), file), fs.readFileSync(file, "utf8")]));
}

describe("the mirror", () => {
  test("holds both providers for Terraform's registry and OpenTofu's", () => {
    expect(Object.keys(mirrorAt("one"))).toEqual(
      ["registry.opentofu.org", "registry.terraform.io"].flatMap((registry) => [
        `${registry}/hashicorp/google/6.50.0/${process.platform}_${architecture}/terraform-provider-google_v6.50.0`,
        `${registry}/kreuzwerker/docker/3.6.2/${process.platform}_${architecture}/terraform-provider-docker_v3.6.2`,
      ]),
    );
  });

  test("is the same wherever the project lies, so that lock files keep fitting", () => {
    expect(mirrorAt("one")).toEqual(mirrorAt("another"));
  });

  test("a provider started without its environment says what to do", () => {
    const [file = ""] = Object.keys(mirrorAt("one"));
    const { status, stdout } = spawnSync(path.join(folder, "one", "mirror", file), {
      env: { PATH: process.env.PATH ?? "" },
      encoding: "utf8",
    });

    expect(status).toBe(1);
    expect(stdout).toContain("source .embedded/environment.sh");
  });
});
