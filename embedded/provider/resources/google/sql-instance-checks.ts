import { blocksOf, textOf, UNKNOWN, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";
import { mustMatch } from "./must-match";
import { mustBeOneOf } from "./one-of";

const ENTERPRISE_TIER = /^db-(f1-micro|g1-small|custom-\d+-\d+)$/;
const SSL_MODES = ["ALLOW_UNENCRYPTED_AND_ENCRYPTED", "ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"];

/** What is plainly wrong with an instance: what the provider refuses, and what Cloud SQL refuses only after minutes. */
export function instanceComplaints(config: ValueObject): Complaint[] {
  const version = textOf(config, "database_version");
  return [
    ...mustMatch(config, "name", /^[a-z]([a-z0-9-]*[a-z0-9])?$/, "a-z, 0-9 and dashes, a letter first, no dash at the end"),
    ...mustMatch(config, "database_version", /^(POSTGRES|MYSQL|SQLSERVER)_\w+$/, "a version such as POSTGRES_17"),
    ...blocksOf(config, "settings").flatMap((settings) => settingsComplaints(settings, version).map(({ message }) => inSettings(message))),
  ];
}

const inSettings = (message: string): Complaint => ({ attribute: "settings", message });

function settingsComplaints(settings: ValueObject, version: string): Complaint[] {
  const addresses = blocksOf(settings, "ip_configuration");
  const isSmallPostgres = version.startsWith("POSTGRES_") && textOf(settings, "edition") === "ENTERPRISE";
  return [
    ...mustBeOneOf(settings, "edition", ["ENTERPRISE", "ENTERPRISE_PLUS"]),
    ...mustBeOneOf(settings, "availability_type", ["REGIONAL", "ZONAL"]),
    ...(isSmallPostgres
      ? mustMatch(settings, "tier", ENTERPRISE_TIER, "db-f1-micro, db-g1-small or db-custom-<vCPUs>-<MiB> in the edition ENTERPRISE")
      : []),
    ...addresses.flatMap((block) => mustBeOneOf(block, "ssl_mode", SSL_MODES)),
    ...addresses.filter(hasNoAddress).map(() => inSettings("It needs a private_network, or ipv4_enabled.")),
    ...recoveryComplaints(settings, version),
  ];
}

function hasNoAddress({ ipv4_enabled: open, private_network: network, psc_config: psc }: ValueObject): boolean {
  return open === false && (network ?? "") === "" && psc !== UNKNOWN && (!Array.isArray(psc) || psc.length === 0);
}

function recoveryComplaints(settings: ValueObject, version: string): Complaint[] {
  if (settings.backup_configuration === UNKNOWN) return [];
  const [backups] = blocksOf(settings, "backup_configuration");
  const off = (value: unknown) => value !== true && value !== UNKNOWN;
  const recovers = backups?.point_in_time_recovery_enabled === true;
  return [
    ...(recovers && version.startsWith("MYSQL_")
      ? [inSettings("point_in_time_recovery_enabled isn't for MySQL: set binary_log_enabled.")]
      : []),
    ...(recovers && off(backups.enabled) ? [inSettings("point_in_time_recovery_enabled needs backup_configuration.enabled.")] : []),
    ...(textOf(settings, "availability_type") === "REGIONAL" && off(backups?.enabled)
      ? [inSettings("availability_type REGIONAL needs backup_configuration.enabled.")]
      : []),
  ];
}
