import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { AssetType, TerraformAsset, TerraformIterator, Token } from "cdktf";
import { Construct } from "constructs";
import type { BucketFilesProps } from "./bucket-files-props";

/** In place of a content hash: see {@link BucketFiles}. */
const ONE_FOLDER = "file";

/**
 * Files kept in step with a bucket: one resource with an instance per file, so that a plan names the files that were added, changed or removed.
 *
 * A file counts as changed when its content's MD5 hash isn't the object's, whoever changed either. The paths under which Terraform finds the
 * files are the same on every machine and hold no hash: the provider replaces an object whose path changes.
 *
 * ### Cost
 * 0.005 USD per 1,000 files written.
 *
 * @throws Error when there is no file, or a name begins with a slash.
 */
export class BucketFiles extends Construct {
  /** All objects; `objects.fqn` with `["dags/trips.py"]` is one of them. */
  public readonly objects: StorageBucketObject;

  constructor(scope: Construct, id: string, { bucket, files }: BucketFilesProps) {
    super(scope, id);
    const names = Object.keys(files).sort();
    if (names.length === 0) throw new Error(`There are no files for the bucket at ${this.node.path}: name at least one.`);
    const each = TerraformIterator.fromMap(Object.fromEntries(names.map((name) => [name, this.asset(name, files[name] ?? "")])));
    this.objects = new StorageBucketObject(this, "objects", {
      forEach: each,
      bucket: bucket.bucket.name,
      name: each.key,
      source: Token.asString(each.value),
    });
  }

  /** Where Terraform finds the file, relative to its folder. */
  private asset(name: string, path: string): string {
    if (name.startsWith("/")) throw new Error(`"${name}" can't be an object's name: leave out the slash at its beginning.`);
    return new TerraformAsset(this, name.replaceAll("/", "--"), { path, type: AssetType.FILE, assetHash: ONE_FOLDER }).path;
  }
}
