import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Names the build file in its folder. */
export const DOCKERFILE = "data.Dockerfile";

/** What an image is built from. */
export interface ImageSource {
  /** Absolute path of the folder with the files. */
  readonly folder: string;

  /** Each file's content by its name. */
  readonly files: ReadonlyMap<string, Buffer>;

  /** Hash of all that goes into the image, 16 hexadecimal digits: the image's tag. The same source is built once. */
  readonly hash: string;
}

/** The build file and the locks that it copies, in the folder of the environments. */
export function imageSource(folder: string): ImageSource {
  const files = new Map([DOCKERFILE, "data.lock", "uv.lock"].map((name) => [name, readFileSync(join(folder, name))]));
  const hash = createHash("sha256");
  for (const [name, content] of files) hash.update(`${name} ${String(content.length)}\n`).update(content);
  return { folder, files, hash: hash.digest("hex").slice(0, 16) };
}
