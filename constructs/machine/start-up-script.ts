import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Under which the machine finds its data disk: `/dev/disk/by-id/google-data`. */
export const DATA_DEVICE_NAME = "data";

/** What Compute Engine takes as one value of a machine's metadata, in bytes. */
const MOST_BYTES = 262_144;

/**
 * The whole start-up script of a machine: mounts the data disk, then does what it was made for. It is run again every five minutes until it ends
 * with 0, so it must not end in an `exec`.
 *
 * @throws Error when it is longer than Compute Engine's metadata may be.
 * @see https://cloud.google.com/compute/docs/metadata/setting-custom-metadata#limitations
 */
export function startUpScript(machine: string, script: string, mountPoint?: string): string {
  const mount = mountPoint === undefined ? [] : mounting(mountPoint);
  const whole = ["#!/bin/bash", "set -euo pipefail", part("run-until-done.sh"), ...mount, script.trimEnd(), ""].join("\n");
  const bytes = Buffer.byteLength(whole);
  if (bytes > MOST_BYTES) {
    throw new Error(
      `The start-up script of "${machine}" has ${String(bytes)} bytes, and Compute Engine takes ${String(MOST_BYTES)}: put a part of it into a bucket.`,
    );
  }
  return whole;
}

/**
 * A text that Terraform leaves as it is: `${NAME}` is the shell's and not a reference of Terraform's. What cdktf puts in for references of its
 * own stays one.
 */
export const literal = (text: string): string => text.replaceAll(/\$\{(?!TfToken\[)/g, "$$$${").replaceAll("%{", "%%{");

const mounting = (mountPoint: string): string[] => [
  `DATA_DEVICE=/dev/disk/by-id/google-${DATA_DEVICE_NAME}`,
  `DATA_MOUNT=${mountPoint}`,
  part("mount-data-disk.sh"),
];

const part = (name: string): string => readFileSync(join(__dirname, "start-up", name), "utf8").trimEnd();
