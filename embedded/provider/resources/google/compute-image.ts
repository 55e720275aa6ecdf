/**
 * Whether a configured image is the one that a disk was made from: the same, or its family, which images are named after
 * (`debian-12-bookworm-v20260701` is of the family `debian-12`).
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_disk.go (DiskImageDiffSuppress)
 */
export function sameImage(prior: string, planned: string): boolean {
  const [before, after] = [imageOf(prior), imageOf(planned)];
  if (before.project !== after.project && after.project !== "") return false;
  return after.isFamily ? before.name.includes(after.name) : before.name === after.name;
}

/** What Google answers for a family: its newest image. */
export function resolvedImage(image: string): string {
  const { project, name, isFamily } = imageOf(image);
  return `https://www.googleapis.com/compute/v1/projects/${project}/global/images/${isFamily ? `${name}-v20260701` : name}`;
}

function imageOf(text: string): { readonly project: string; readonly name: string; readonly isFamily: boolean } {
  const [, project = ""] = /projects\/([^/]+)\//.exec(text) ?? [];
  const name = text.split("/").at(-1) ?? "";
  return { project, name, isFamily: text.includes("/images/family/") };
}
