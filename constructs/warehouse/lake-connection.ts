import { BigqueryConnection } from "@cdktf/provider-google/lib/bigquery-connection";
import { BigqueryConnectionIamMember } from "@cdktf/provider-google/lib/bigquery-connection-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { GrantPropagation } from "../identity/grant-propagation";
import type { Grantee } from "../identity/grantee";
import type { LakeBucket } from "../lake/lake-bucket";
import type { LakeConnectionProps } from "./lake-connection-props";

/**
 * BigQuery's own way into buckets (BigLake): a connection with a service account that Google makes. Tables that go through it are granted like
 * any other table, and nobody who reads them needs a right on the bucket.
 *
 * ### Cost
 * None: what is read through it costs as any query does.
 *
 * @see https://cloud.google.com/bigquery/docs/biglake-intro
 */
export class LakeConnection extends Construct {
  /** The connection itself. */
  public readonly connection: BigqueryConnection;

  /** The connection's account, which is granted the buckets. */
  public readonly grantee: Grantee;

  private readonly propagation: GrantPropagation;

  constructor(scope: Construct, id: string, props: LakeConnectionProps) {
    super(scope, id);
    const { environment, connectionId, description, propagationSeconds } = props;
    this.connection = new BigqueryConnection(this, "connection", {
      connectionId,
      location: environment.location,
      description,
      cloudResource: {},
    });
    this.grantee = { id: connectionId, member: `serviceAccount:${this.connection.cloudResource.serviceAccountId}` };
    this.propagation = new GrantPropagation(this, "propagation", { seconds: propagationSeconds });
  }

  /** The connection's name as tables take it, `projects/…/connections/…`. */
  public get name(): string {
    return this.connection.name;
  }

  /** Exists once BigQuery can use what the connection was granted: tables over a bucket depend on it, else they are refused with 403. */
  public get ready(): ITerraformDependable {
    return this.propagation.ready;
  }

  /**
   * Lets the grantee query what goes through the connection, which Iceberg tables ask for besides the right on the table.
   *
   * @see https://cloud.google.com/bigquery/docs/query-iceberg-data#required_roles
   */
  public grantUse(grantee: Grantee): BigqueryConnectionIamMember {
    const { connectionId, location } = this.connection;
    const role = "roles/bigquery.connectionUser";
    return new BigqueryConnectionIamMember(this, `${grantee.id}-use`, { connectionId, location, role, member: grantee.member });
  }

  /** Lets tables read the bucket's objects through the connection. */
  public grantRead(bucket: LakeBucket): void {
    this.propagation.waitFor(bucket.grantRead(this.grantee));
  }

  /**
   * Lets BigQuery write the tables that it keeps in the bucket.
   *
   * @param bucketName Of a bucket that holds nothing else.
   * @see https://cloud.google.com/bigquery/docs/iceberg-tables#required_roles
   */
  public grantTableStorage(bucketName: string): void {
    const grant = (what: string, role: string) =>
      new StorageBucketIamMember(this, what, { bucket: bucketName, role, member: this.grantee.member });
    this.propagation.waitFor(grant("write", "roles/storage.objectUser"), grant("look-up", "roles/storage.legacyBucketReader"));
  }
}
