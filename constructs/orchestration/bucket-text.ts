import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { Construct } from "constructs";
import type { BucketTextProps } from "./bucket-text-props";

/**
 * A file whose text says what was deployed: references to other resources in it are resolved when they are known. Files that are there before
 * are {@link BucketFiles}.
 *
 * The text is in the state: no place for a secret.
 *
 * ### Cost
 * 0.005 USD per 1,000 times that it is written.
 *
 * @throws Error when the name begins with a slash.
 */
export class BucketText extends Construct {
  public readonly object: StorageBucketObject;

  constructor(scope: Construct, id: string, { bucket, name, text, contentType = "text/plain; charset=utf-8" }: BucketTextProps) {
    super(scope, id);
    if (name.startsWith("/")) throw new Error(`"${name}" can't be an object's name: leave out the slash at its beginning.`);
    this.object = new StorageBucketObject(this, "object", { bucket: bucket.bucket.name, name, content: text, contentType });
  }
}
