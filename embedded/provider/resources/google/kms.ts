import { textOf, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const NAME = /^[a-zA-Z0-9_-]{1,63}$/;
const NAME_RULE = "1 to 63 of letters, digits, dash and underscore";
const KEY_RING = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+$/;
const SECONDS = /^[0-9.]*\ds$/;
const SECONDS_PER_DAY = 86_400;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/kms/resource_kms_key_ring.go */
const kmsKeyRing: ResourceRules = {
  type: "google_kms_key_ring",
  replacedBy: ["location", "name", "project"],
  filledByCloud: ["project"],
  id: (ring, cloud) => `projects/${projectOf(ring, cloud)}/locations/${textOf(ring, "location")}/keyRings/${textOf(ring, "name")}`,
  filledIn: (_ring, cloud) => ({ project: cloud.project }),
  plan: planProject,
  validate: (config) => mustMatch(config, "name", NAME, NAME_RULE),
};

/**
 * Unlike Google, which keeps a destroyed key's name for ever, the embedded cloud forgets it.
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/kms/resource_kms_crypto_key.go
 */
const kmsCryptoKey: ResourceRules = {
  type: "google_kms_crypto_key",
  schemaVersion: 1,
  replacedBy: [
    "key_ring",
    "name",
    "crypto_key_backend",
    "destroy_scheduled_duration",
    "import_only",
    "purpose",
    "version_template.protection_level",
  ],
  filledByCloud: ["crypto_key_backend", "destroy_scheduled_duration", "import_only", "version_template"],
  defaults: { purpose: "ENCRYPT_DECRYPT", "version_template.protection_level": "SOFTWARE" },
  id: keyName,
  filledIn: (key) => ({
    destroy_scheduled_duration: "2592000s",
    version_template: [{ algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protection_level: "SOFTWARE" }],
    primary: [{ name: `${keyName(key)}/cryptoKeyVersions/1`, state: "ENABLED" }],
  }),
  plan: planLabels,
  validate: (config) => [
    ...mustMatch(config, "name", NAME, NAME_RULE),
    ...mustMatch(config, "key_ring", KEY_RING, "projects/<project>/locations/<location>/keyRings/<name>"),
    ...rotationComplaints(config),
  ],
};

const kmsCryptoKeyIamMember: ResourceRules = iamMember("google_kms_crypto_key_iam_member", ["crypto_key_id"], (grant) =>
  textOf(grant, "crypto_key_id"),
);

/** Rules of Cloud KMS. */
export const kms: readonly ResourceRules[] = [kmsKeyRing, kmsCryptoKey, kmsCryptoKeyIamMember];

function keyName(key: ValueObject): string {
  return `${textOf(key, "key_ring")}/cryptoKeys/${textOf(key, "name")}`;
}

function rotationComplaints(config: ValueObject): Complaint[] {
  const attribute = "rotation_period";
  const period = textOf(config, attribute);
  if (period === "" || (SECONDS.test(period) && Number.parseFloat(period) >= SECONDS_PER_DAY)) return [];
  return [{ attribute, message: `"${period}" must be a day or more, in seconds: "7776000s" is 90 days.` }];
}
