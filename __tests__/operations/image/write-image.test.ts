import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { readEnvironmentFile } from "../../../config/read-environment-file";
import { writeImage } from "../../../operations/image/write-image";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";

const config = resolve(__dirname, "../../../config");
const folder = temporaryFolder();
const image = (digit: string): string => `europe-west1-docker.pkg.dev/acme-dev/trips-docker/data@sha256:${digit.repeat(64)}`;
const file = join(folder, "environment.yaml");
const written = (text: string, name = image("a")): string => {
  writeFileSync(file, text);
  writeImage(file, name);
  return readFileSync(file, "utf8");
};

describe("the image in an environment's file", () => {
  test.each(["dev", "prod"])("%s: lines are added, none is changed, and the schema takes it", (name) => {
    const before = readFileSync(join(config, `${name}.yaml`), "utf8");
    const after = written(before);

    const [old, young] = [before, after].map((text) => text.split("\n"));
    const added = young!.filter((line) => !old!.includes(line));
    expect(added.join("\n")).toMatch(/^(orchestration:\n)? {2}jobs:\n {4}image: europe-west1-docker/);
    // What was there is there still, in the same order.
    expect(young!.filter((line) => !added.includes(line))).toEqual(old);
    expect(readEnvironmentFile(file).orchestration.jobs.image).toBe(image("a"));
  });

  test("another one takes its place, comments and the rest stay", () => {
    const words = "what stands on one line ".repeat(8).trim();
    const before = `# Mine.\nnote: ${words}\norchestration:\n  kind: composer # dear\n  jobs:\n    # Built by hand.\n    image: ${image("a")}\n    dbt: { memoryGib: 4 }\n`;

    expect(written(before, image("b"))).toBe(before.replace(image("a"), image("b")));
  });

  test("the same one changes nothing, not even how the file is written", () => {
    const before = `orchestration: {jobs:   {image: "${image("a")}"}}\n`;
    writeFileSync(file, before);

    expect(writeImage(file, image("a"))).toBe("unchanged");
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test("a section with nothing but comments", () => {
    expect(parse(written("orchestration:\n  # kind: composer\nspark: { kind: none }\n"))).toEqual({
      orchestration: { jobs: { image: image("a") } },
      spark: { kind: "none" },
    });
  });
});
