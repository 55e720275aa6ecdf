import { ArtifactRepository } from "../../../constructs/security/artifact-repository";
import { ImageBuilder } from "../../../constructs/security/image-builder";
import type { Environment } from "../../../constructs/environment/environment";
import { imageTarget } from "../../../operations/image/image-target";
import { dev, only, prod, resources, synth } from "../synth";

const built = (environment: Environment = dev) =>
  synth((stack) => {
    const repository = new ArtifactRepository(stack, "images", { environment, format: "docker" });
    new ImageBuilder(stack, "builder", { environment, repository, destroySources: true });
  });

describe("ImageBuilder", () => {
  test("an account that may read sources, push images and write its log, and nothing else", () => {
    const json = built();

    const roles = [
      "google_artifact_registry_repository_iam_member",
      "google_storage_bucket_iam_member",
      "google_project_iam_member",
    ].flatMap((type) => resources(json, type).map(({ role, member }) => `${role} ${member}`));
    expect(roles).toEqual(
      ["artifactregistry.writer", "storage.objectViewer", "logging.logWriter"].map((role) =>
        expect.stringMatching(new RegExp(`^roles/${role} \\$\\{google_service_account\\.builder_identity_account_\\w+\\.member\\}$`)),
      ),
    );
  });

  test("sources are private and gone after a day; destroyed with their bucket only with both keys", () => {
    expect(only(built(), "google_storage_bucket")).toMatchObject({
      public_access_prevention: "enforced",
      lifecycle_rule: [{ condition: { age: 1 } }, { condition: { days_since_noncurrent_time: 1 } }],
      force_destroy: true,
    });
    expect(only(built(prod), "google_storage_bucket").force_destroy).toBe(false);
  });

  test("what it makes has the names that `npm run image` uses", () => {
    const json = built();
    const target = imageTarget(dev.projectId, dev.location);

    expect(target.sourceBucket).toBe(only(json, "google_storage_bucket").name);
    expect(target.builder).toBe(`${only(json, "google_service_account").account_id}@${dev.projectId}.iam.gserviceaccount.com`);
    expect(target.image.split("/")[1]).toBe(only(json, "google_artifact_registry_repository").repository_id);
  });
});
