import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

const PATH = "settings.backup_configuration.enabled";

/** A database can be had back; replicas are backed up by their primary. */
export const sqlBackups = resourceRule({
  id: "sql-backups",
  severity: "error",
  reason: "A dropped table, or a dropped instance, is gone.",
  mend: "Set settings.backup_configuration.enabled to true, with point-in-time recovery where a day's loss hurts.",
  reads: { google_sql_database_instance: [PATH, "master_instance_name"] },
  check: (instance) => {
    const set = instance.value(PATH);
    return set === true || isReference(set) || instance.has("master_instance_name") ? [] : [`${PATH} isn't true`];
  },
});
