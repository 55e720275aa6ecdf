/** Where an image goes, and what of the platform helps to build it; the names are those that the stack gives. */
export interface ImageTarget {
  readonly projectId: string;
  readonly location: string;

  /** Host of the registry, e.g. `europe-west1-docker.pkg.dev`. */
  readonly registry: string;

  /** Repository and name within the registry, e.g. `acme-dev/trips-docker/data`. */
  readonly image: string;

  /** Bucket that Cloud Build takes sources from. */
  readonly sourceBucket: string;

  /** Account that Cloud Build builds as. */
  readonly builder: string;
}

/** The target of an environment's image. */
export const imageTarget = (projectId: string, location: string): ImageTarget => ({
  projectId,
  location,
  registry: `${location}-docker.pkg.dev`,
  image: `${projectId}/trips-docker/data`,
  sourceBucket: `${projectId}-image-sources`,
  builder: `trips-image@${projectId}.iam.gserviceaccount.com`,
});

/** `<registry>/<repository>/<name>:<tag>`. */
export const tagged = ({ registry, image }: ImageTarget, tag: string): string => `${registry}/${image}:${tag}`;

/** `<registry>/<repository>/<name>@<digest>`. */
export const byDigest = ({ registry, image }: ImageTarget, digest: string): string => `${registry}/${image}@${digest}`;
