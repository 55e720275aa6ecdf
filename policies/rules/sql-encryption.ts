import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

const PATH = "settings.ip_configuration.ssl_mode";
const ENCRYPTED = ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"];

/** Nobody talks to a database in the clear. */
export const sqlEncryption = resourceRule({
  id: "sql-encryption",
  severity: "error",
  reason: "Cloud SQL accepts connections without encryption by default.",
  mend: 'Set settings.ip_configuration.ssl_mode to "ENCRYPTED_ONLY".',
  reads: { google_sql_database_instance: [PATH] },
  check: (instance) => {
    const set = instance.value(PATH);
    return isReference(set) || ENCRYPTED.includes(String(set)) ? [] : [`${PATH} allows connections in the clear`];
  },
});
