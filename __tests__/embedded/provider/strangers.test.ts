import * as fs from "node:fs";
import * as path from "node:path";
import { strangersIn } from "../../../embedded/provider/strangers";
import { temporaryFolder } from "./temporary-folder";

describe("types that the embedded cloud doesn't know", () => {
  const folder = temporaryFolder();
  fs.writeFileSync(
    path.join(folder, "cdk.tf.json"),
    JSON.stringify({
      resource: { google_storage_bucket: {}, google_bigtable_instance: {}, docker_container: {}, terraform_data: {} },
      data: { google_project: {} },
    }),
  );

  test("are named, with the file to add them to; data sources are refused", () => {
    const found = strangersIn(folder, "google", new Set(["google_storage_bucket"]));

    expect(found.map(({ summary }) => summary)).toEqual([
      "The embedded cloud doesn't know google_bigtable_instance",
      "The embedded cloud has no data sources: google_project",
    ]);
    expect(found[0]?.detail).toContain("embedded/provider/resources/rule-book.ts");
    expect(fs.existsSync(path.join(__dirname, "../../../embedded/provider/resources/rule-book.ts"))).toBe(true);
  });

  test("of another provider are no business of this one", () => {
    expect(strangersIn(folder, "docker", new Set(["docker_container"]))).toEqual([]);
  });
});
