import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

/** Where each type names the image or the version that it runs. */
const IMAGE_OF: Readonly<Record<string, string>> = {
  docker_container: "image",
  docker_image: "name",
  google_cloud_run_v2_job: "template.template.containers.image",
  google_cloud_run_v2_service: "template.containers.image",
};
const VERSION_OF: Readonly<Record<string, string>> = {
  google_composer_environment: "config.software_config.image_version",
  google_dataproc_cluster: "cluster_config.software_config.image_version",
};

/** `registry:5000/name` has no tag, `name@sha256:…` needs none. */
const isPinned = (image: string): boolean => image.includes("@sha256:") || /:(?!latest$)[^/]+$/.test(image);

/** What ran yesterday runs today. */
export const pinnedImages = resourceRule({
  id: "pinned-images",
  severity: "error",
  reason: "Another version arrives on a day that nobody chose, and not on every machine.",
  mend: "Name a version, or a digest.",
  reads: Object.fromEntries([...Object.entries(IMAGE_OF), ...Object.entries(VERSION_OF)].map(([type, path]) => [type, [path]])),
  check: (resource) => {
    const version = VERSION_OF[resource.type];
    if (version !== undefined) {
      const set = resource.texts(version)[0];
      return set === undefined || set.includes("latest") ? [`${version} doesn't name a version`] : [];
    }
    return resource
      .texts(IMAGE_OF[resource.type] ?? "")
      .filter((image) => !isReference(image) && !isPinned(image))
      .map((image) => `the image ${image} isn't pinned`);
  },
});
