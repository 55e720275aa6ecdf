import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import { Secret } from "../../constructs/security/secret";
import { SecretReminders } from "../../constructs/security/secret-reminders";
import type { Workloads } from "./workloads";

/** What {@link composeSecrets} needs to know. */
export interface SecretsSource {
  readonly environment: Environment;
  readonly secrets: Configuration["security"]["secrets"];
  readonly workloads: Workloads;
  readonly encryptionKey?: EncryptionKey;
}

/** The configured secrets by name; reminders have one topic for all, made where a secret asks for one. */
export function composeSecrets(scope: Construct, { environment, secrets, workloads, encryptionKey }: SecretsSource): Map<string, Secret> {
  const isReminded = Object.values(secrets).some(({ reminder }) => reminder !== undefined);
  const reminders = isReminded ? new SecretReminders(scope, "secret-reminders", { environment, encryptionKey }) : undefined;
  return new Map(
    Object.entries(secrets).map(([name, { readers, adders, reminder }]) => {
      const secret = new Secret(scope, `secret-${name}`, {
        environment,
        name,
        encryptionKey,
        ...(reminder && reminders && { reminder: { ...reminder, reminders } }),
        destroyVersions: true,
      });
      for (const reader of readers) secret.grantRead(workloads[reader]);
      for (const member of adders) secret.grantAddVersion({ id: `adder-${member}`, member });
      return [name, secret];
    }),
  );
}
