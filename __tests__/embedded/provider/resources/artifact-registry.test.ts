import * as path from "node:path";
import type { ValueObject } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const REPOSITORY = "google_artifact_registry_repository";
const GRANT = "google_artifact_registry_repository_iam_member";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const name = "projects/acme-dev/locations/europe-west1/repositories/trips-docker";
const keepNewest: ValueObject = { id: "keep-newest", action: "KEEP", most_recent_versions: [{ keep_count: 10 }] };
const deleteOld: ValueObject = { id: "delete-old", action: "DELETE", condition: [{ older_than: "2592000s" }] };
const images = {
  location: "europe-west1",
  repository_id: "trips-docker",
  format: "DOCKER",
  docker_config: [{ immutable_tags: true }],
  cleanup_policies: [keepNewest, deleteOld],
};

describe("google_artifact_registry_repository", () => {
  test("is created, and planned again without a change; a policy's default is filled in", () => {
    const state = newCore().create(REPOSITORY, images);

    expect(state).toMatchObject({ id: name, name: "trips-docker", mode: "STANDARD_REPOSITORY", project: "acme-dev" });
    expect(state.cleanup_policies).toContainEqual(
      expect.objectContaining({ id: "delete-old", condition: [expect.objectContaining({ tag_state: "ANY", older_than: "2592000s" })] }),
    );
  });

  test("policies and immutability change in place; format, key and id replace it, but not the format's case", () => {
    const core = newCore();
    const state = core.create(REPOSITORY, images);
    const changed = { ...images, docker_config: [{ immutable_tags: false }], cleanup_policies: [keepNewest] };

    expect(core.plan(REPOSITORY, changed, state).action).toBe("update");
    const after = core.apply(REPOSITORY, changed, state);
    expect(after.cleanup_policies).toHaveLength(1);
    expect(core.plan(REPOSITORY, changed, after).action).toBe("nothing");
    expect(core.plan(REPOSITORY, { ...images, format: "docker" }, state).action).toBe("nothing");
    expect(core.plan(REPOSITORY, { ...images, format: "PYTHON" }, state)).toMatchObject({ action: "replace", replacedBy: ["format"] });
    expect(core.plan(REPOSITORY, { ...images, kms_key_name: "projects/p" }, state)).toMatchObject({ replacedBy: ["kms_key_name"] });
  });

  test("an id with an underscore and an unknown action are refused", () => {
    const wrong = { ...images, repository_id: "trips_docker", cleanup_policies: [{ id: "x", action: "KEEP_ALL" }] };

    expect(newCore().complaints(REPOSITORY, wrong)).toEqual([
      expect.stringMatching(/"trips_docker" must be 1 to 63/),
      expect.stringMatching(/"KEEP_ALL" of policy "x" must be DELETE or KEEP/),
    ]);
  });
});

test("a grant on a repository has the real provider's id, and another repository replaces it", () => {
  const core = newCore();
  const grant = {
    location: "europe-west1",
    repository: "trips-docker",
    role: "roles/artifactregistry.reader",
    member: "user:ada@example.com",
  };
  const state = core.create(GRANT, grant);

  expect(state.id).toBe(`${name}/roles/artifactregistry.reader/user:ada@example.com`);
  expect(core.plan(GRANT, { ...grant, repository: "trips-python" }, state)).toMatchObject({
    action: "replace",
    replacedBy: ["repository"],
  });
});
