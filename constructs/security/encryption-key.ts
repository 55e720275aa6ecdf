import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { Construct } from "constructs";
import { serviceAgent, type GoogleService } from "../project/service-agents";
import type { Environment } from "../environment/environment";
import type { EncryptionKeyProps } from "./encryption-key-props";

const SECONDS_PER_DAY = 86_400;

/**
 * A key of the customer's own, with which Google's services encrypt what they store (CMEK). Services use it, never people or workloads:
 * whoever may read a bucket may read it without a grant on its key.
 *
 * ### Cost
 * 0.06 USD per version and month; a version is added every `rotationDays`, and the old ones stay as long as anything is encrypted with them
 * (about 0.25 USD a month after the first year, 0.5 after the second). 0.03 USD per 10,000 operations.
 *
 * @throws Error when name, rotation or destruction break Cloud KMS's rules.
 * @see https://cloud.google.com/kms/docs/cmek
 * @see https://cloud.google.com/kms/pricing
 */
export class EncryptionKey extends Construct {
  /** The key itself. Destroying it destroys its versions; the empty key stays, for Google never deletes one. */
  public readonly cryptoKey: KmsCryptoKey;

  /** `projects/…/cryptoKeys/…`; known before the key exists, and whoever reads it waits for the key. */
  public readonly name: string;

  private readonly environment: Environment;
  private readonly granted = new Map<GoogleService, KmsCryptoKeyIamMember>();

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { environment, keyRing, name, rotationDays = 90, destroyScheduledDays = 30, destroyVersions = false } = props;
    if (!/^[a-zA-Z0-9_-]{1,63}$/.test(name)) {
      throw new Error(`The key's name "${name}" breaks Cloud KMS's rules: use 1 to 63 of letters, digits, dash and underscore.`);
    }
    checkDays(name, "rotationDays", rotationDays, 1, 36_500);
    checkDays(name, "destroyScheduledDays", destroyScheduledDays, 1, 120);

    this.environment = environment;
    this.cryptoKey = new KmsCryptoKey(this, "key", {
      keyRing: keyRing.name,
      name,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: seconds(rotationDays),
      destroyScheduledDuration: seconds(destroyScheduledDays),
      labels: environment.labels,
      lifecycle: { preventDestroy: !(destroyVersions && environment.allowsDataDeletion) },
    });
    this.name = `${keyRing.name}/cryptoKeys/${this.cryptoKey.name}`;
  }

  /** The services that were let in until now. */
  public get grants(): ReadonlyMap<GoogleService, KmsCryptoKeyIamMember> {
    return this.granted;
  }

  /**
   * Lets a service encrypt and decrypt with the key, under its own account in the project; asked twice, it answers with the same grant.
   * What uses the key must depend on the grant: Google refuses a resource whose service can't use the key yet.
   */
  public grantService(service: GoogleService): KmsCryptoKeyIamMember {
    const before = this.granted.get(service);
    if (before !== undefined) return before;
    const grant = new KmsCryptoKeyIamMember(this, `${service}-use`, {
      cryptoKeyId: this.name,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: serviceAgent(this.environment, service),
    });
    this.granted.set(service, grant);
    return grant;
  }
}

const seconds = (days: number): string => `${String(days * SECONDS_PER_DAY)}s`;

function checkDays(key: string, prop: string, days: number, least: number, most: number): void {
  if (Number.isInteger(days) && days >= least && days <= most) return;
  throw new Error(
    `${prop} of the key "${key}" must be a whole number of days from ${String(least)} to ${String(most)}, not ${String(days)}.`,
  );
}
