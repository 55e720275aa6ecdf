import type { TerraformStack } from "cdktf";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { Secret } from "../../../constructs/security/secret";
import type { SecretProps } from "../../../constructs/security/secret-props";
import { SecretReminders } from "../../../constructs/security/secret-reminders";
import { dev, only, prod, resources, synth } from "../synth";

const SECRET = "google_secret_manager_secret";
const minimal: SecretProps = { environment: dev, name: "weather" };
const secret = (props: Partial<SecretProps> = {}, then: (made: Secret) => void = () => {}) =>
  synth((stack) => {
    then(new Secret(stack, "secret", { ...minimal, ...props }));
  });
const reminded = (first: string, everyDays = 90) =>
  synth((stack) => {
    const reminders = new SecretReminders(stack, "reminders", { environment: dev });
    new Secret(stack, "secret", { ...minimal, reminder: { reminders, first, everyDays } });
  });
const ada = { id: "ada", member: "user:ada@example.com" };

describe("Secret", () => {
  test("minimal: kept in the environment's location alone, protected, and never with a version", () => {
    const json = secret();

    expect(only(json, SECRET)).toMatchObject({
      project: "acme-dev",
      secret_id: "trips-weather",
      replication: { user_managed: { replicas: [{ location: "europe-west1" }] } },
      deletion_protection: true,
      labels: { environment: "dev" },
    });
    expect(Object.keys(json.resource)).toEqual([SECRET]);
  });

  const withKey = (then: (stack: TerraformStack, encryptionKey: EncryptionKey) => void) =>
    synth((stack) => {
      const keyRing = new KeyRing(stack, "ring", { environment: dev });
      then(stack, new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" }));
    });

  test("with a key: encrypted with it, once Secret Manager may use it", () => {
    const json = withKey((stack, encryptionKey) => new Secret(stack, "secret", { ...minimal, encryptionKey }));

    const { replication, depends_on } = only(json, SECRET);
    expect(replication.user_managed.replicas[0].customer_managed_encryption.kms_key_name).toMatch(/\/cryptoKeys\//);
    const [[grantId, grant]] = Object.entries<any>(json.resource.google_kms_crypto_key_iam_member) as [[string, any]];
    expect(grant.member).toBe("serviceAccount:service-123456789012@gcp-sa-secretmanager.iam.gserviceaccount.com");
    expect(depends_on).toEqual([`google_kms_crypto_key_iam_member.${grantId}`]);
  });

  test("with a key: reminders are encrypted with it, once Pub/Sub may use it", () => {
    const json = withKey((stack, encryptionKey) => new SecretReminders(stack, "reminders", { environment: dev, encryptionKey }));

    expect(only(json, "google_pubsub_topic")).toMatchObject({
      kms_key_name: expect.stringMatching(/\/cryptoKeys\//),
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\./)],
    });
    expect(only(json, "google_kms_crypto_key_iam_member").member).toMatch(/@gcp-sa-pubsub\./);
  });

  test("a reminder: told to a topic that Secret Manager may publish to; the time that Google moves on isn't moved back", () => {
    const json = reminded("2030-01-31T09:00:00Z");

    expect(only(json, SECRET)).toMatchObject({
      rotation: { next_rotation_time: "2030-01-31T09:00:00Z", rotation_period: "7776000s" },
      lifecycle: { ignore_changes: ["rotation[0].next_rotation_time"] },
      depends_on: [expect.stringMatching(/^google_pubsub_topic_iam_member\./)],
    });
    expect(only(json, SECRET).topics[0].name).toMatch(/^projects\/acme-dev\/topics\/\$\{google_pubsub_topic\.\w+\.name\}$/);
    expect(only(json, "google_pubsub_topic_iam_member")).toMatchObject({
      role: "roles/pubsub.publisher",
      member: "serviceAccount:service-123456789012@gcp-sa-secretmanager.iam.gserviceaccount.com",
    });
    expect(only(json, "google_pubsub_topic").message_storage_policy.allowed_persistence_regions).toEqual(["europe-west1"]);
    expect(only(json, "google_pubsub_subscription")).toMatchObject({
      message_retention_duration: "604800s",
      expiration_policy: { ttl: "" },
    });
  });

  test("reading and adding are two grants on the secret, and nothing on the project", () => {
    const json = secret({}, (made) => {
      made.grantRead(ada);
      made.grantAddVersion(ada);
    });

    expect(
      resources(json, "google_secret_manager_secret_iam_member")
        .map(({ role, member }) => [role, member])
        .sort(),
    ).toEqual([
      ["roles/secretmanager.secretAccessor", ada.member],
      ["roles/secretmanager.secretVersionAdder", ada.member],
    ]);
    expect(Object.keys(json.resource)).toEqual([SECRET, "google_secret_manager_secret_iam_member"]);
  });

  test("protection is lifted only when the environment and the caller both ask for it", () => {
    const isProtected = (environment: typeof dev, destroyVersions: boolean) =>
      only(secret({ environment, destroyVersions }), SECRET).deletion_protection;

    expect([isProtected(dev, true), isProtected(dev, false), isProtected(prod, true)]).toEqual([false, true, true]);
  });

  test("what Secret Manager would refuse is refused here", () => {
    expect(() => secret({ name: "weather api" })).toThrow(/secret's name "weather api" .* 1 to 249 of letters/);
    expect(() => reminded("2030-01-31")).toThrow(/must be an instant in UTC such as 2027-01-31T09:00:00Z, not "2030-01-31"/);
    expect(() => reminded("2030-13-31T09:00:00Z")).toThrow(/must be an instant in UTC/);
    expect(() => reminded("2030-01-31T09:00:00Z", 0)).toThrow(/every 1 to 36500 whole days, not every 0/);
  });
});
