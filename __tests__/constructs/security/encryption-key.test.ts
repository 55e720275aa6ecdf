import { EncryptionKey } from "../../../constructs/security/encryption-key";
import type { EncryptionKeyProps } from "../../../constructs/security/encryption-key-props";
import { KeyRing } from "../../../constructs/security/key-ring";
import { dev, only, prod, resources, synth } from "../synth";

const key = (props: Partial<EncryptionKeyProps> = {}, then: (made: EncryptionKey) => void = () => {}, ring?: string) =>
  synth((stack) => {
    const keyRing = new KeyRing(stack, "ring", { environment: dev, name: ring });
    then(new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data", ...props }));
  });

describe("EncryptionKey", () => {
  test("minimal: turns over every 90 days, in the environment's location, and can't be destroyed", () => {
    const json = key();

    expect(only(json, "google_kms_key_ring")).toMatchObject({ project: "acme-dev", location: "europe-west1", name: "trips" });
    expect(only(json, "google_kms_crypto_key")).toMatchObject({
      name: "data",
      purpose: "ENCRYPT_DECRYPT",
      rotation_period: "7776000s",
      destroy_scheduled_duration: "2592000s",
      lifecycle: { prevent_destroy: true },
      labels: { environment: "dev" },
    });
  });

  test("its name is known before it exists, and whoever reads it waits for ring and key", () => {
    let name = "";
    const json = key({}, (made) => (name = made.name));

    const [ring] = Object.keys(json.resource.google_kms_key_ring);
    expect(only(json, "google_kms_crypto_key").key_ring).toBe(
      `projects/acme-dev/locations/europe-west1/keyRings/\${google_kms_key_ring.${ring}.name}`,
    );
    expect(name).toMatch(/^projects\/acme-dev\/locations\/europe-west1\/keyRings\/.+\/cryptoKeys\/.+$/);
  });

  test("a service is let in once, under its own account, however often it asks", () => {
    const json = key({}, (made) => {
      const grants = ["storage", "storage", "bigquery"].map((service) => made.grantService(service as "storage" | "bigquery"));
      expect(grants[0]).toBe(grants[1]);
    });

    const grants = resources(json, "google_kms_crypto_key_iam_member");
    expect(grants.map(({ role, member }) => [role, member]).sort()).toEqual([
      ["roles/cloudkms.cryptoKeyEncrypterDecrypter", "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com"],
      ["roles/cloudkms.cryptoKeyEncrypterDecrypter", "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com"],
    ]);
    expect(grants[0].crypto_key_id).toMatch(/\/cryptoKeys\/\$\{google_kms_crypto_key\.\w+\.name\}$/);
  });

  test("it may be destroyed only when the environment and the caller both ask for it", () => {
    const prevented = (environment: typeof dev, destroyVersions: boolean) =>
      only(key({ environment, destroyVersions }), "google_kms_crypto_key").lifecycle.prevent_destroy;

    expect([prevented(dev, true), prevented(dev, false), prevented(prod, true)]).toEqual([false, true, true]);
  });

  test("what Cloud KMS would refuse is refused here, and the message says what to mend", () => {
    expect(() => key({ name: "data.2" })).toThrow(/key's name "data\.2" .* 1 to 63 of letters/);
    expect(() => key({ rotationDays: 0.5 })).toThrow(/rotationDays of the key "data" must be .* 1 to 36500, not 0\.5/);
    expect(() => key({ destroyScheduledDays: 121 })).toThrow(/destroyScheduledDays .* 1 to 120, not 121/);
    expect(() => key({}, undefined, "trips/dev")).toThrow(/key ring's name "trips\/dev" .* 1 to 63 of letters/);
  });
});
