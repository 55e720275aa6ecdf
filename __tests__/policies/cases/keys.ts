import { Container, type ContainerConfig } from "@cdktf/provider-docker/lib/container";
import { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service";
import { ComposerEnvironment } from "@cdktf/provider-google/lib/composer-environment";
import { ComputeInstance, type ComputeInstanceBootDisk } from "@cdktf/provider-google/lib/compute-instance";
import { KmsCryptoKey, type KmsCryptoKeyConfig } from "@cdktf/provider-google/lib/kms-crypto-key";
import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { SqlUser } from "@cdktf/provider-google/lib/sql-user";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { TerraformOutput, TerraformResource, TerraformVariable, type TerraformStack } from "cdktf";
import { fires, quiet, type Cases } from "./case";

const key =
  (config: Partial<KmsCryptoKeyConfig>) =>
  (stack: TerraformStack): KmsCryptoKey =>
    new KmsCryptoKey(stack, "key", { name: "lake", keyRing: "trips", ...config });
const bucket = (stack: TerraformStack, defaultKmsKeyName?: string) =>
  new StorageBucket(stack, "bucket", {
    name: "acme-lake",
    location: "EU",
    ...(defaultKmsKeyName === undefined ? {} : { encryption: { defaultKmsKeyName } }),
  });
const secret = (stack: TerraformStack, kmsKeyName?: string) =>
  new SecretManagerSecret(stack, "secret", {
    secretId: "api-key",
    replication: {
      userManaged: { replicas: [{ location: "europe-west1", ...(kmsKeyName && { customerManagedEncryption: { kmsKeyName } }) }] },
    },
  });
const machine = (stack: TerraformStack, bootDisk: ComputeInstanceBootDisk) =>
  new ComputeInstance(stack, "vm", { name: "vm", machineType: "e2-medium", bootDisk, networkInterface: [{ network: "trips" }] });
const container = (config: Partial<ContainerConfig>) => (stack: TerraformStack) =>
  new Container(stack, "postgres", { name: "postgres", image: "postgres:17.10", ...config });
const service = (env: { name: string; value?: string; valueSource?: object }) => (stack: TerraformStack) =>
  new CloudRunV2Service(stack, "api", { name: "api", location: "EU", template: { containers: [{ image: "api:1", env: [env] }] } });
const user = (password: string) => (stack: TerraformStack) => new SqlUser(stack, "user", { name: "trips", instance: "sql", password });

export const keys: Cases = {
  "own-keys": {
    "a bucket without one, beside a key": fires("encryption.default_kms_key_name is missing", (stack) => {
      key({})(stack);
      bucket(stack);
    }),
    "where it is asked for": fires("encryption.default_kms_key_name is missing", (stack) => bucket(stack), { expectsOwnKeys: () => true }),
    "a secret without one, beside a key": fires("customer_managed_encryption.kms_key_name is missing", (stack) => {
      key({})(stack);
      secret(stack);
    }),
    "a machine without one, beside a key": fires("boot_disk.kms_key_self_link is missing", (stack) => {
      key({})(stack);
      machine(stack, {});
    }),
    "a secret with the key": quiet((stack) => secret(stack, key({})(stack).id)),
    "a machine with the key": quiet((stack) => machine(stack, { kmsKeySelfLink: key({})(stack).id })),
    "a machine from a disk of its own": quiet((stack) => {
      key({})(stack);
      machine(stack, { source: "disk" });
    }),
    "a bucket with the key": quiet((stack) => bucket(stack, key({})(stack).id)),
    "a stack without keys": quiet((stack) => bucket(stack)),
  },
  "key-rotation": {
    never: fires("rotation_period is missing", key({})),
    "every two years": fires("rotation_period is 63072000s, more than a year", key({ rotationPeriod: "63072000s" })),
    quarterly: quiet(key({ rotationPeriod: "7776000s" })),
    "a period from a variable": quiet((stack) => key({ rotationPeriod: new TerraformVariable(stack, "days", {}).stringValue })(stack)),
    "a key from elsewhere": quiet(key({ importOnly: true, skipInitialVersionCreation: true })),
    "a key that signs": quiet(key({ purpose: "ASYMMETRIC_SIGN" })),
  },
  "secret-arguments": {
    "a password": fires("password looks like a secret", user("correct-horse")),
    "a container's variable": fires("env looks like a secret", container({ env: ["POSTGRES_DB=trips", "POSTGRES_PASSWORD=horse"] })),
    "a service's variable": fires("template.containers.env.value looks like a secret", service({ name: "API_KEY", value: "abc" })),
    "a variable of Airflow": fires(
      "SMTP_PASSWORD looks like a secret",
      (stack) =>
        new ComposerEnvironment(stack, "c", {
          name: "c",
          config: { softwareConfig: { envVariables: { SMTP_PASSWORD: "horse", MONTHS: "3" } } },
        }),
    ),
    "an address with a password": fires("env looks like a secret", container({ env: ["DATABASE_URL=postgres://trips:horse@db/trips"] })),
    "a private key in a script": fires(
      "entrypoint looks like a secret",
      container({ entrypoint: ["-----BEGIN RSA PRIVATE KEY-----\nabc"] }),
    ),
    "a password beside a reference": fires(
      "env looks like a secret",
      container({ env: ["DATABASE_URL=postgres://trips:horse@${docker_container.db.name}/trips"] }),
    ),
    "a private key in a script with references": fires(
      "entrypoint looks like a secret",
      container({ entrypoint: ['${jsonencode({ a = "b" })}\n-----BEGIN RSA PRIVATE KEY-----\nabc'] }),
    ),
    "a name with capitals": fires("env looks like a secret", container({ env: ["dbPassword=horse"] })),
    "a variable's default": fires(
      "variable dbPassword: default looks like a secret",
      (stack) => new TerraformVariable(stack, "dbPassword", { default: "horse" }),
    ),
    "a default with a key in it": fires(
      "variable script: default looks like a secret",
      (stack) => new TerraformVariable(stack, "script", { default: "-----BEGIN PRIVATE KEY-----" }),
    ),
    "an output": fires(
      "output api_key: value looks like a secret",
      (stack) => new TerraformOutput(stack, "api_key", { value: "horse", staticId: true }),
    ),
    "a provider's password": fires("provider other: password looks like a secret", (stack) =>
      stack.addOverride("provider.other", [{ password: "horse" }]),
    ),
    "an address whose password is a reference": quiet(
      container({ env: ["DATABASE_URL=postgres://trips:${random_password.db.result}@${docker_container.db.name}/trips"] }),
    ),
    "a variable without a default": quiet((stack) => new TerraformVariable(stack, "dbPassword", { sensitive: true })),
    "an output of a reference": quiet((stack) => new TerraformOutput(stack, "api_key", { value: "${var.key}", staticId: true })),
    "a password from a variable": quiet((stack) => user(new TerraformVariable(stack, "v", { sensitive: true }).stringValue)(stack)),
    "the file of a password": quiet(container({ env: ["POSTGRES_PASSWORD_FILE=/run/secrets/password"] })),
    "an empty variable": quiet(container({ env: ["POSTGRES_PASSWORD="] })),
    "a variable from Secret Manager": quiet(
      service({ name: "API_KEY", valueSource: { secretKeyRef: { secret: "api-key", version: "latest" } } }),
    ),
    "a variable from Secret Manager, whatever its version": quiet(
      service({ name: "API_KEY", valueSource: { secretKeyRef: { secret: "api-key" } } }),
    ),
    "a volume from Secret Manager": quiet((stack) =>
      new TerraformResource(stack, "f", { terraformResourceType: "google_cloudfunctions2_function" }).addOverride(
        "service_config.secret_volumes",
        [{ secret: "api-key", version: "latest", mount_path: "/run/secrets" }],
      ),
    ),
    "a secret of another provider": fires("secret looks like a secret", (stack) =>
      new TerraformResource(stack, "x", { terraformResourceType: "other_client" }).addOverride("secret", "correct-horse"),
    ),
    "a grant on a secret": quiet(
      (stack) =>
        new SecretManagerSecretIamMember(stack, "m", {
          secretId: "api-key",
          role: "roles/secretmanager.secretAccessor",
          member: "group:a@b.c",
        }),
    ),
  },
  "secret-versions": {
    "a secret in the state": fires(
      "secret_data is kept in the state",
      (stack) =>
        new SecretManagerSecretVersion(stack, "v", { secret: "api-key", secretData: new TerraformVariable(stack, "s", {}).stringValue }),
    ),
    "a write-only secret": quiet(
      (stack) =>
        new SecretManagerSecretVersion(stack, "v", { secret: "api-key", secretDataWo: new TerraformVariable(stack, "s", {}).stringValue }),
    ),
  },
};
