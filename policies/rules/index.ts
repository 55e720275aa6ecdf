import type { Rule } from "../rule";
import { auditLog } from "./audit-log";
import { authoritativeGrants } from "./authoritative-grants";
import { bucketVersioning } from "./bucket-versioning";
import { budget } from "./budget";
import { dataProtection } from "./data-protection";
import { defaultNetwork } from "./default-network";
import { defaultServiceAccount } from "./default-service-account";
import { federationCondition } from "./federation-condition";
import { firewallLogging } from "./firewall-logging";
import { flowLogs } from "./flow-logs";
import { idleClusters } from "./idle-clusters";
import { keptServices } from "./kept-services";
import { keyRotation } from "./key-rotation";
import { labels } from "./labels";
import { loopbackPorts } from "./loopback-ports";
import { machineLogins } from "./machine-logins";
import { natLogging } from "./nat-logging";
import { oneGrantMechanism } from "./one-grant-mechanism";
import { oneLocation } from "./one-location";
import { openIngress } from "./open-ingress";
import { ownKeys } from "./own-keys";
import { partitionFilter } from "./partition-filter";
import { pinnedImages } from "./pinned-images";
import { primitiveRoles } from "./primitive-roles";
import { privateGoogleAccess } from "./private-google-access";
import { projectWideDataRoles } from "./project-wide-data-roles";
import { projectWideImpersonation } from "./project-wide-impersonation";
import { publicAccess } from "./public-access";
import { publicAccessPrevention } from "./public-access-prevention";
import { publicAddress } from "./public-address";
import { secretArguments } from "./secret-arguments";
import { secretVersions } from "./secret-versions";
import { serviceAccountKeys } from "./service-account-keys";
import { shieldedMachines } from "./shielded-machines";
import { sqlBackups } from "./sql-backups";
import { sqlEncryption } from "./sql-encryption";
import { uniformBucketAccess } from "./uniform-bucket-access";

/** All rules of the pack; leave some out with `allRules.filter(…)`. */
export const allRules: readonly Rule[] = [
  auditLog,
  authoritativeGrants,
  bucketVersioning,
  budget,
  dataProtection,
  defaultNetwork,
  defaultServiceAccount,
  federationCondition,
  firewallLogging,
  flowLogs,
  idleClusters,
  keptServices,
  keyRotation,
  labels,
  loopbackPorts,
  machineLogins,
  natLogging,
  oneGrantMechanism,
  oneLocation,
  openIngress,
  ownKeys,
  partitionFilter,
  pinnedImages,
  primitiveRoles,
  privateGoogleAccess,
  projectWideDataRoles,
  projectWideImpersonation,
  publicAccess,
  publicAccessPrevention,
  publicAddress,
  secretArguments,
  secretVersions,
  serviceAccountKeys,
  shieldedMachines,
  sqlBackups,
  sqlEncryption,
  uniformBucketAccess,
];
