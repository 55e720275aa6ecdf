import { ArtifactRepository } from "../../../constructs/security/artifact-repository";
import type { ArtifactRepositoryProps } from "../../../constructs/security/artifact-repository-props";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { dev, only, prod, resources, synth } from "../synth";

const REPOSITORY = "google_artifact_registry_repository";
const repository = (props: Partial<ArtifactRepositoryProps> = {}, then: (made: ArtifactRepository) => void = () => {}) =>
  synth((stack) => {
    then(new ArtifactRepository(stack, "images", { environment: dev, format: "docker", ...props }));
  });
const ada = { id: "ada", member: "user:ada@example.com" };

describe("ArtifactRepository", () => {
  test("minimal: images, of which old ones without a tag go and the newest ten stay", () => {
    let address = "";
    const made = only(
      repository({}, (one) => (address = one.address)),
      REPOSITORY,
    );

    expect(made).toMatchObject({
      project: "acme-dev",
      location: "europe-west1",
      repository_id: "trips-docker",
      format: "DOCKER",
      docker_config: { immutable_tags: false },
      lifecycle: { prevent_destroy: true },
      labels: { environment: "dev" },
    });
    expect(made.cleanup_policies).toEqual([
      { id: "keep-newest", action: "KEEP", most_recent_versions: { keep_count: 10 } },
      { id: "delete-old", action: "DELETE", condition: { older_than: "2592000s", tag_state: "UNTAGGED" } },
    ]);
    expect(made.kms_key_name).toBeUndefined();
    expect(address).toMatch(/^europe-west1-docker\.pkg\.dev\/acme-dev\//);
  });

  test("packages have no tags, so old ones go by their age alone", () => {
    const made = only(repository({ format: "python", keepVersions: 3, deleteAfterDays: 7 }), REPOSITORY);

    expect(made).toMatchObject({ format: "PYTHON", repository_id: "trips-python" });
    expect(made.docker_config).toBeUndefined();
    expect(made.cleanup_policies).toMatchObject([
      { most_recent_versions: { keep_count: 3 } },
      { condition: { older_than: "604800s", tag_state: "ANY" } },
    ]);
  });

  test("tags of images can be made immutable; packages have none to make so", () => {
    expect(only(repository({ immutableTags: true }), REPOSITORY).docker_config).toEqual({ immutable_tags: true });
    expect(() => repository({ format: "python", immutableTags: true })).toThrow(/leave immutableTags out of the python repository/);
  });

  test("with a key: encrypted with it, once Artifact Registry may use it", () => {
    const json = synth((stack) => {
      const keyRing = new KeyRing(stack, "ring", { environment: dev });
      const encryptionKey = new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" });
      new ArtifactRepository(stack, "images", { environment: dev, format: "docker", encryptionKey });
    });

    expect(only(json, REPOSITORY)).toMatchObject({
      kms_key_name: expect.stringMatching(/\/cryptoKeys\//),
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\./)],
    });
    expect(only(json, "google_kms_crypto_key_iam_member").member).toMatch(/@gcp-sa-artifactregistry\./);
  });

  test("grants are on the repository", () => {
    const json = repository({}, (made) => {
      made.grantRead(ada);
      made.grantWrite(ada);
    });

    expect(
      resources(json, `${REPOSITORY}_iam_member`)
        .map(({ role, member }) => [role, member])
        .sort(),
    ).toEqual([
      ["roles/artifactregistry.reader", ada.member],
      ["roles/artifactregistry.writer", ada.member],
    ]);
  });

  test("it may be destroyed only when the environment and the caller both ask for it", () => {
    const prevented = (environment: typeof dev, destroyArtifacts: boolean) =>
      only(repository({ environment, destroyArtifacts }), REPOSITORY).lifecycle.prevent_destroy;

    expect([prevented(dev, true), prevented(dev, false), prevented(prod, true)]).toEqual([false, true, true]);
  });

  test("to keep or delete by less than one is refused", () => {
    expect(() => repository({ keepVersions: 0 })).toThrow(/keepVersions must be .* at least 1, not 0/);
    expect(() => repository({ deleteAfterDays: 1.5 })).toThrow(/deleteAfterDays must be .* not 1\.5/);
  });
});
