import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Catalog } from "../../catalog/catalog";
import type { EmbeddedPaths } from "../../paths";

/** Makes the folders that stand for the deployed buckets, puts the deployed objects in them, and removes those of buckets that are gone. */
export function reconcileLake(catalog: Catalog, paths: EmbeddedPaths): void {
  const buckets = new Set(catalog.list("google_storage_bucket").map(({ name }) => name));
  for (const name of buckets) mkdirSync(paths.bucket(name), { recursive: true });
  for (const object of catalog.list("google_storage_bucket_object")) {
    copy(catalog.contentFile("google_storage_bucket_object", object.id), join(paths.bucket(object.bucket), object.name));
  }
  if (!existsSync(paths.lake())) return;
  for (const folder of readdirSync(paths.lake())) {
    if (!buckets.has(folder)) rmSync(paths.bucket(folder), { recursive: true });
  }
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.tmp`);
  renameSync(`${to}.tmp`, to);
}
