import { ArtifactRepository } from "../../../constructs/security/artifact-repository";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyPropagation } from "../../../constructs/security/key-propagation";
import { KeyRing } from "../../../constructs/security/key-ring";
import { Secret } from "../../../constructs/security/secret";
import { dev, only, resources, synth } from "../synth";

const json = synth((stack) => {
  const keyRing = new KeyRing(stack, "ring", { environment: dev });
  const encryptionKey = new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" });
  new KeyPropagation(stack, "propagation", { encryptionKey, seconds: 90 });
  new Secret(stack, "weather", { environment: dev, name: "weather", encryptionKey });
  new Secret(stack, "plain", { environment: dev, name: "plain" });
  new ArtifactRepository(stack, "images", { environment: dev, format: "docker", encryptionKey });
});
const [wait] = Object.keys(json.resource.terraform_data);
const waiting = `terraform_data.${wait}`;

describe("KeyPropagation", () => {
  test("waits for every grant of the key, also one that is added later, and again when there is another", () => {
    const grants = Object.keys(json.resource.google_kms_crypto_key_iam_member);

    expect(only(json, "terraform_data").provisioner).toEqual([{ "local-exec": { command: 'sleep "$${PROPAGATION_SECONDS:-90}"' } }]);
    expect(Object.keys(only(json, "terraform_data").triggers_replace.grants).sort()).toEqual(["artifactregistry", "secretmanager"]);
    expect(Object.values(only(json, "terraform_data").triggers_replace.grants).sort()).toEqual(
      grants.map((grant) => `\${google_kms_crypto_key_iam_member.${grant}.id}`).sort(),
    );
  });

  test("what uses the key waits, and nothing else: neither the key and its grants nor what Google's own keys encrypt", () => {
    const held = Object.values<any>(json.resource).flatMap((ofType) =>
      Object.entries<any>(ofType).filter(([, resource]) => resource.depends_on?.includes(waiting)),
    );

    expect(held.map(([id]) => id.replace(/_[^_]+$/, "")).sort()).toEqual(["images_repository", "weather_secret"]);
    expect(resources(json, "google_kms_crypto_key_iam_member").every((grant) => grant.depends_on === undefined)).toBe(true);
  });
});
