import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { Lake } from "../../constructs/lake/lake";
import type { EncryptionKey } from "../../constructs/security/encryption-key";

/** The lake as configured, encrypted with the key where there is one. */
export function composeLake(
  scope: Construct,
  environment: Environment,
  { lake: { notifyNewRawFiles, ...settings } }: Configuration,
  encryptionKey?: EncryptionKey,
): Lake {
  const lake = new Lake(scope, "lake", { environment, ...settings, encryptionKey, destroyObjects: true });
  if (notifyNewRawFiles) lake.raw.notifyNewObjects();
  return lake;
}
