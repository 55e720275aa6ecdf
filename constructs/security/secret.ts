import { SecretManagerSecret, type SecretManagerSecretRotation } from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { SecretProps, SecretReminder } from "./secret-props";

const SECONDS_PER_DAY = 86_400;

/**
 * A place for a secret in Secret Manager, without the secret: a version made by Terraform would stand in its state, plans and logs.
 * People add versions by hand (the README tells how), workloads read them while they run.
 *
 * ### Cost
 * 0.06 USD per version and month (six versions are free), 0.03 USD per 10,000 reads.
 *
 * @throws Error when name or reminder break Secret Manager's rules.
 * @see https://cloud.google.com/secret-manager/pricing
 */
export class Secret extends Construct {
  /** The secret itself, for what this construct doesn't offer. */
  public readonly secret: SecretManagerSecret;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const { environment, name, encryptionKey, reminder, destroyVersions = false } = props;
    if (!/^[a-zA-Z0-9_-]{1,249}$/.test(name)) {
      throw new Error(`The secret's name "${name}" breaks Secret Manager's rules: use 1 to 249 of letters, digits, dash and underscore.`);
    }
    this.secret = new SecretManagerSecret(this, "secret", {
      project: environment.projectId,
      secretId: `trips-${name}`,
      replication: {
        userManaged: {
          replicas: [
            {
              location: environment.location,
              ...(encryptionKey && { customerManagedEncryption: { kmsKeyName: encryptionKey.name } }),
            },
          ],
        },
      },
      ...(reminder && {
        topics: [{ name: reminder.reminders.topicName }],
        rotation: rotation(name, reminder),
        // Google moves the time on with each reminder; without this, Terraform would move it back.
        lifecycle: { ignoreChanges: ["rotation[0].next_rotation_time"] },
      }),
      deletionProtection: !(destroyVersions && environment.allowsDataDeletion),
      labels: { ...environment.labels },
      dependsOn: [
        ...(encryptionKey ? [encryptionKey.grantService("secretmanager")] : []),
        ...(reminder ? [reminder.reminders.publisher] : []),
      ],
    });
  }

  /** Lets the grantee read the secret's versions, not list secrets. */
  public grantRead(grantee: Grantee): SecretManagerSecretIamMember {
    return this.grant(grantee, "read", "roles/secretmanager.secretAccessor");
  }

  /** Lets the grantee add versions, not read them. */
  public grantAddVersion(grantee: Grantee): SecretManagerSecretIamMember {
    return this.grant(grantee, "add-version", "roles/secretmanager.secretVersionAdder");
  }

  private grant(grantee: Grantee, what: string, role: string): SecretManagerSecretIamMember {
    const { project, secretId } = this.secret;
    return new SecretManagerSecretIamMember(this, `${grantee.id}-${what}`, { project, secretId, role, member: grantee.member });
  }
}

function rotation(name: string, { first, everyDays }: SecretReminder): SecretManagerSecretRotation {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(first) || Number.isNaN(Date.parse(first))) {
    throw new Error(`The first reminder of secret "${name}" must be an instant in UTC such as 2027-01-31T09:00:00Z, not "${first}".`);
  }
  if (!Number.isInteger(everyDays) || everyDays < 1 || everyDays > 36_500) {
    throw new Error(`Reminders of secret "${name}" must come every 1 to 36500 whole days, not every ${String(everyDays)}.`);
  }
  return { nextRotationTime: first, rotationPeriod: `${String(everyDays * SECONDS_PER_DAY)}s` };
}
