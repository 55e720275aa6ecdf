import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { ArtifactRepository } from "../../constructs/security/artifact-repository";
import type { RepositoryFormat } from "../../constructs/security/artifact-repository-props";
import { AuditLog } from "../../constructs/security/audit-log";
import { EncryptionKey } from "../../constructs/security/encryption-key";
import { ImageBuilder } from "../../constructs/security/image-builder";
import { KeyPropagation } from "../../constructs/security/key-propagation";
import { KeyRing } from "../../constructs/security/key-ring";
import type { Secret } from "../../constructs/security/secret";
import { composeSecrets } from "./secrets";
import type { Workloads } from "./workloads";

/** What protects the rest of the platform. */
export interface Security {
  /** Encrypts what the other parts store, where the configuration asks for a key of the customer's own. */
  readonly encryptionKey?: EncryptionKey;

  /** The configured secrets by name. */
  readonly secrets: ReadonlyMap<string, Secret>;

  /** The configured repositories by format. */
  readonly registry: ReadonlyMap<RepositoryFormat, ArtifactRepository>;

  /** Who did what, where the configuration keeps it. */
  readonly auditLog?: AuditLog;
}

/** Keys, secrets, registry and audit log as configured. */
export function composeSecurity(
  scope: Construct,
  environment: Environment,
  { security, identity }: Configuration,
  workloads: Workloads,
): Security {
  const encryptionKey = security.customerManagedKeys ? composeKey(scope, environment, security.keys) : undefined;
  if (encryptionKey) new KeyPropagation(scope, "key-propagation", { encryptionKey, seconds: identity.grantPropagationSeconds });
  return {
    encryptionKey,
    secrets: composeSecrets(scope, { environment, secrets: security.secrets, workloads, encryptionKey }),
    registry: composeRegistry(scope, environment, security.registry, encryptionKey),
    auditLog: security.auditLog.enabled ? composeAuditLog(scope, environment, security.auditLog, encryptionKey) : undefined,
  };
}

function composeKey(
  scope: Construct,
  environment: Environment,
  { keyRing: name, ...key }: Configuration["security"]["keys"],
): EncryptionKey {
  const keyRing = new KeyRing(scope, "key-ring", { environment, name });
  return new EncryptionKey(scope, "encryption-key", { environment, keyRing, name: "data", ...key, destroyVersions: true });
}

function composeRegistry(
  scope: Construct,
  environment: Environment,
  { formats, immutableTags, cloudBuild, ...cleanup }: Configuration["security"]["registry"],
  encryptionKey?: EncryptionKey,
): Map<RepositoryFormat, ArtifactRepository> {
  const repository = (format: RepositoryFormat) =>
    new ArtifactRepository(scope, `registry-${format}`, {
      environment,
      format,
      ...(format === "docker" ? { immutableTags } : {}),
      ...cleanup,
      encryptionKey,
      destroyArtifacts: true,
    });
  const repositories = new Map(formats.map((format) => [format, repository(format)]));
  const images = repositories.get("docker");
  if (cloudBuild && images) {
    new ImageBuilder(scope, "image-builder", { environment, repository: images, encryptionKey, destroySources: true });
  }
  return repositories;
}

function composeAuditLog(
  scope: Construct,
  environment: Environment,
  { datasetId, retentionDays, dataAccess, readers }: Configuration["security"]["auditLog"],
  encryptionKey?: EncryptionKey,
): AuditLog {
  const auditLog = new AuditLog(scope, "audit-log", {
    environment,
    datasetId,
    retentionDays,
    dataAccess,
    encryptionKey,
    destroyTables: true,
  });
  for (const member of readers) auditLog.grantRead({ id: `reader-${member}`, member });
  return auditLog;
}
