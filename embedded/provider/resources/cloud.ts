import { createHash } from "node:crypto";
import { Catalog } from "../../catalog/catalog";
import type { EmbeddedPaths } from "../../paths";

/** The embedded cloud as the rules see it. */
export interface Cloud {
  readonly catalog: Catalog;

  /** Absolute path of the folder that is a bucket of the lake. */
  bucketFolder(bucket: string): string;

  /** The provider's project, empty where its configuration names none. */
  readonly project: string;

  /** Made up from the project's id: 12 digits. */
  readonly projectNumber: string;

  /** Labels that the provider's configuration puts on everything. */
  readonly defaultLabels: Readonly<Record<string, string>>;

  /** Whether Terraform labels what it creates as its own (the provider's `add_terraform_attribution_label`). */
  readonly labelsCreations: boolean;

  /** Milliseconds since 1970. */
  now(): number;
}

/** The cloud of an environment before the provider is configured. */
export function embeddedCloud(paths: EmbeddedPaths): Cloud {
  return {
    catalog: new Catalog(paths.catalog()),
    bucketFolder: paths.bucket,
    project: "",
    projectNumber: "",
    defaultLabels: {},
    labelsCreations: true,
    now: Date.now,
  };
}

/** Hexadecimal text that is the same for the same seed. */
export function inventedHex(seed: string, length: number): string {
  return createHash("sha512").update(seed).digest("hex").slice(0, length);
}

/** Decimal digits, the first not 0, that are the same for the same seed. */
export function inventedDigits(seed: string, length: number): string {
  const digits = BigInt(`0x${inventedHex(seed, 64)}`).toString();
  return `1${digits}`.slice(0, length);
}
