import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { imageSource } from "../../../operations/image/image-source";
import { tarball } from "../../../operations/image/tarball";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";

const environments = resolve(__dirname, "../../../pipelines/environments");
const folder = temporaryFolder();
const copy = (): string => {
  const place = mkdtempSync(join(folder, "source-"));
  cpSync(environments, place, { recursive: true });
  return place;
};

describe("what the image is built from", () => {
  const dockerfile = readFileSync(join(environments, "data.Dockerfile"), "utf8");

  test("every base image is named by its digest, and the same one", () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);

    expect(bases).toHaveLength(2);
    expect(new Set(bases)).toEqual(new Set([expect.stringMatching(/^python:3\.11\.\d+-slim-bookworm@sha256:[0-9a-f]{64}$/)]));
  });

  test("all that it copies is part of the source, and reaches Docker", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) => files!.split(" "));
    const ignored = readFileSync(join(environments, "data.Dockerfile.dockerignore"), "utf8");

    expect([...imageSource(environments).files.keys()].sort()).toEqual(["data.Dockerfile", ...copied].sort());
    expect(ignored.trim().split("\n").sort()).toEqual(["*", ...copied.map((file) => `!${file}`)].sort());
  });

  test("its hash tells every change of what goes in, and of nothing else", () => {
    const { hash } = imageSource(environments);
    const changed = (file: string): string => {
      const place = copy();
      writeFileSync(join(place, file), `${readFileSync(join(place, file), "utf8")}\n`);
      return imageSource(place).hash;
    };

    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(imageSource(copy()).hash).toBe(hash);
    expect(new Set([hash, ...["data.Dockerfile", "data.lock", "uv.lock"].map(changed)]).size).toBe(4);
    expect(changed("README.md")).toBe(hash);
  });
});

test("tar unpacks what is packed", () => {
  const { files } = imageSource(environments);
  const place = mkdtempSync(join(folder, "unpacked-"));
  writeFileSync(join(place, "source.tar.gz"), tarball(files));

  execFileSync("tar", ["-xzf", "source.tar.gz"], { cwd: place });

  for (const [name, content] of files) expect(readFileSync(join(place, name)).equals(content)).toBe(true);
});
