import type { GoogleApi } from "../google/google-api";
import { GoogleError } from "../google/google-error";
import { ImageError } from "./image-error";
import type { ImageTarget } from "./image-target";

/** What an image may be described by; a registry says of others that they aren't there. */
const MANIFESTS = [
  "oci.image.index.v1",
  "oci.image.manifest.v1",
  "docker.distribution.manifest.list.v2",
  "docker.distribution.manifest.v2",
];
const accept = MANIFESTS.map((type) => `application/vnd.${type}+json`).join(", ");

/**
 * The digest of a tag in the registry; undefined when there is no such tag.
 *
 * @throws GoogleError in the registry's words where it refuses, and ImageError where its answer is neither.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#checking-if-content-exists-in-the-registry
 */
export async function digestOf(google: GoogleApi, { registry, image }: ImageTarget, tag: string): Promise<string | undefined> {
  try {
    const headers = await google.head(`${registry}/v2/${image}/manifests/${tag}`, accept);
    const digest = headers.get("docker-content-digest");
    if (digest !== null && /^sha256:[0-9a-f]{64}$/.test(digest)) return digest;
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
  throw new ImageError(`The registry ${registry} tells no digest of ${image}:${tag}.`);
}
