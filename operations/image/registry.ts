import { type GoogleApi, reasonOf } from "./google-api";
import { ImageError } from "./image-error";
import type { ImageTarget } from "./image-target";

/** What an image may be described by; a registry says of others that they aren't there. */
const MANIFESTS = [
  "oci.image.index.v1",
  "oci.image.manifest.v1",
  "docker.distribution.manifest.list.v2",
  "docker.distribution.manifest.v2",
];

/**
 * The digest of a tag in the registry; undefined when there is no such tag.
 *
 * @param origin Address of the registry; by default by HTTPS at its host.
 * @throws ImageError when the registry's answer is neither.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#checking-if-content-exists-in-the-registry
 */
export async function digestOf(
  api: GoogleApi,
  target: ImageTarget,
  tag: string,
  signal?: AbortSignal,
  origin = `https://${target.registry}`,
): Promise<string | undefined> {
  const response = await api.call("HEAD", `${origin}/v2/${target.image}/manifests/${tag}`, {
    accept: MANIFESTS.map((type) => `application/vnd.${type}+json`).join(", "),
    signal,
  });
  if (response.status === 404) return undefined;
  const digest = response.headers.get("docker-content-digest");
  if (response.ok && digest !== null && /^sha256:[0-9a-f]{64}$/.test(digest)) return digest;
  throw new ImageError(`The registry ${target.registry} says nothing of ${target.image}:${tag}: ${await reasonOf(response)}`);
}
