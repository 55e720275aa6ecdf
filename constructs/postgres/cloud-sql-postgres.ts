import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { SqlDatabase } from "@cdktf/provider-google/lib/sql-database";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance";
import { SqlUser } from "@cdktf/provider-google/lib/sql-user";
import { Fn, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { WorkloadIdentity } from "../identity/workload-identity";
import { cloudSqlSettings } from "./cloud-sql-settings";
import type { CloudSqlPostgresProps } from "./cloud-sql-postgres-props";
import { machineTier } from "./machine-tier";
import type { Postgres } from "./postgres";
import { rightsOf, type SqlRights } from "./sql-rights";

/**
 * Postgres 17 on Cloud SQL: private address only, encrypted connections only, identities instead of passwords, daily backups, and restorable to
 * any moment of the last days.
 *
 * ### Cost
 * It runs, and costs, all the time. Machine (us-central1, 2026-05, from third parties; europe-west1's prices were not looked up): per vCPU
 * 0.0413 and per GiB 0.007 USD an hour, so db-custom-2-7680 about 99 USD a month; the shared cores db-f1-micro and db-g1-small about 8 and
 * 26. Disk about 0.17, backups about 0.08 USD per GiB and month. A standby doubles machine and disk.
 *
 * @throws Error for a machine that Cloud SQL doesn't have, a bad name, or a number out of its bounds.
 * @see https://cloud.google.com/sql/pricing
 */
export class CloudSqlPostgres extends Construct implements Postgres {
  public readonly instance: SqlDatabaseInstance;
  public readonly sqlDatabase: SqlDatabase;

  /** Private address in the network. */
  public readonly host: string;
  public readonly port = 5432;
  public readonly database: string;

  /** The writer's name in the database. It has no password. */
  public readonly user: string;

  /** There is none. */
  public readonly passwordFile: undefined;

  /** `<project>:<region>:<instance>`, as Cloud SQL's proxy and connectors want it. */
  public readonly connectionName: string;

  /** Where disk and connections end. */
  public readonly limits: { readonly diskGibibytes: number; readonly connections: number };

  /** By which the writer may connect and log in. */
  public readonly writerGrants: readonly TerraformResource[];

  private readonly projectId: string;
  private readonly schema: string;
  private readonly readers: string[] = [];

  constructor(scope: Construct, id: string, props: CloudSqlPostgresProps) {
    super(scope, id);
    const { environment, writer, name = "trips", database = "trips", schema = "trips", encryptionKey, destroyData = false } = props;
    checkName(name);
    const deletable = destroyData && environment.allowsDataDeletion;
    const settings = cloudSqlSettings(props, deletable);
    this.limits = { diskGibibytes: settings.diskAutoresizeLimit, connections: machineTier(settings.tier).maxConnections };
    this.projectId = environment.projectId;
    this.schema = schema;

    this.instance = new SqlDatabaseInstance(this, "instance", {
      project: environment.projectId,
      region: environment.location,
      name,
      databaseVersion: "POSTGRES_17",
      settings,
      encryptionKeyName: encryptionKey?.name,
      deletionProtection: !deletable,
      // A disk that has grown by itself would else look too large, and the instance be replaced by one with a smaller disk.
      lifecycle: { ignoreChanges: ["settings[0].disk_size"] },
      dependsOn: encryptionKey ? [encryptionKey.grantService("cloudsql")] : [],
    });
    this.sqlDatabase = new SqlDatabase(this, "database", {
      project: environment.projectId,
      instance: this.instance.name,
      name: database,
      // It goes with the instance; by itself Postgres doesn't drop a database in which others than its owner have rights.
      deletionPolicy: "ABANDON",
    });
    this.host = this.instance.privateIpAddress;
    this.database = this.sqlDatabase.name;
    this.connectionName = this.instance.connectionName;
    const { name: user, grants } = this.addUser(writer);
    this.user = user;
    this.writerGrants = grants;
  }

  /** Lets the workload connect, and log in without a password; what it may read is up to {@link rights}. */
  public grantRead(reader: WorkloadIdentity): TerraformResource[] {
    const { name, grants } = this.addUser(reader);
    this.readers.push(name);
    return grants;
  }

  /** SQL that a person runs once, since no API of Google's gives rights within a database. */
  public get rights(): SqlRights {
    return rightsOf({ database: this.database, schema: this.schema, writer: this.user, readers: this.readers });
  }

  private addUser(workload: WorkloadIdentity): { readonly name: string; readonly grants: TerraformResource[] } {
    const { id, account, member } = workload;
    const user = new SqlUser(this, `${id}-user`, {
      project: this.projectId,
      instance: this.instance.name,
      type: "CLOUD_IAM_SERVICE_ACCOUNT",
      // https://cloud.google.com/sql/docs/postgres/add-manage-iam-users: without the suffix, since Postgres's names end at 63 characters.
      name: Fn.trimsuffix(account.email, ".gserviceaccount.com"),
      // Postgres doesn't drop a user that owns tables. Without the grants below nobody can log in as it.
      deletionPolicy: "ABANDON",
    });
    const instance = `projects/${this.projectId}/instances/${this.instance.name}`;
    const condition = {
      title: "this instance",
      expression: `resource.name == '${instance}' && resource.type == 'sqladmin.googleapis.com/Instance'`,
    };
    // An instance has no grants of its own: https://cloud.google.com/sql/docs/postgres/iam-conditions
    const grants = ["client", "instanceUser"].map(
      (role) => new ProjectIamMember(this, `${id}-${role}`, { project: this.projectId, role: `roles/cloudsql.${role}`, member, condition }),
    );
    return { name: user.name, grants };
  }
}

function checkName(name: string): void {
  if (/^[a-z]([a-z0-9-]{0,78}[a-z0-9])?$/.test(name)) return;
  throw new Error(`The instance's name "${name}" must be 1 to 80 of a-z, 0-9 and dashes, a letter first, no dash at the end.`);
}
