import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { UNKNOWN, textOf, type ValueObject } from "../../protocol/value";
import { inventedDigits } from "../cloud";
import type { ResourceRules } from "../rules";

export const storageBucketObject: ResourceRules = {
  type: "google_storage_bucket_object",
  replacedBy: [
    "bucket",
    "name",
    "source",
    "cache_control",
    "content_disposition",
    "content_encoding",
    "content_language",
    "content_type",
    "force_empty_content_type",
    "storage_class",
    "kms_key_name",
    "metadata",
    "customer_encryption.*",
  ],
  filledByCloud: ["content_type", "content", "storage_class", "kms_key_name"],
  defaults: { detect_md5hash: "different hash", "customer_encryption.encryption_algorithm": "AES256" },
  sensitive: ["content", "customer_encryption.encryption_key"],
  id: (object) => `${textOf(object, "bucket")}-${textOf(object, "name")}`,
  filledIn: (object, cloud) => {
    const digest = createHash("md5").update(bytesOf(object)).digest();
    const path = `b/${textOf(object, "bucket")}/o/${encodeURIComponent(textOf(object, "name"))}`;
    return {
      self_link: `https://www.googleapis.com/storage/v1/${path}`,
      media_link: `https://storage.googleapis.com/download/storage/v1/${path}?alt=media`,
      output_name: textOf(object, "name"),
      md5hash: digest.toString("base64"),
      md5hexhash: digest.toString("hex"),
      crc32c: `${inventedDigits(digest.toString("hex"), 6)}==`,
      content_type: textOf(object, "source") === "" ? "text/plain; charset=utf-8" : "application/octet-stream",
      storage_class: "STANDARD",
      generation: cloud.now(),
    };
  },
  plan: ({ planned, prior }) => {
    // A changed file keeps its path: only its hash shows the change.
    if (!prior || !isReadable(planned)) return;
    if (createHash("md5").update(bytesOf(planned)).digest("base64") === prior.md5hash) return;
    for (const name of ["md5hash", "md5hexhash", "crc32c", "generation"]) planned[name] = UNKNOWN;
  },
  validate: (config) => {
    if (config.source === null && config.content === null)
      return [{ attribute: "name", message: `One of "source" and "content" must be set.` }];
    if (config.source !== null && config.content !== null) {
      return [{ attribute: "source", message: `Only one of "source" and "content" can be set.` }];
    }
    return [];
  },
  content: bytesOf,
};

function isReadable(object: ValueObject): boolean {
  const source = textOf(object, "source");
  return source === "" ? typeof object.content === "string" : fs.existsSync(source);
}

/** The file named by `source` (relative to Terraform's folder, as with the real provider), or the configured text. */
function bytesOf(object: ValueObject): Buffer {
  const source = textOf(object, "source");
  if (source === "") return Buffer.from(textOf(object, "content"), "utf8");
  if (!fs.existsSync(source))
    throw new Error(`The file ${source} of bucket object ${textOf(object, "name")} is missing: mend its "source".`);
  return fs.readFileSync(source);
}
