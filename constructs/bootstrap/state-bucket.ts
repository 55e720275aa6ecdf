import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { StateBucketProps } from "./state-bucket-props";

const SECONDS_PER_DAY = 86_400;

/**
 * The bucket of Terraform's states: private, versioned, and never destroyed by Terraform, whatever the environment allows. Whoever loses a
 * state loses track of everything in it.
 *
 * ### Cost
 * Cents: a state and its versions are some MiB, at 0.020 USD per GiB and month (europe-west1, 2026-07).
 *
 * @throws Error when the name breaks Cloud Storage's rules (3 to 63 of a-z, 0-9 and dashes).
 * @see https://developer.hashicorp.com/terraform/language/backend/gcs
 */
export class StateBucket extends Construct {
  /** The bucket itself. */
  public readonly bucket: StorageBucket;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const { environment, name, keptVersions = 20, keptDays = 90, softDeleteDays = 30 } = props;
    if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) {
      throw new Error(
        `The state bucket's name "${name}" breaks Cloud Storage's rules (3 to 63 of a-z, 0-9 and dashes): mend state.bucket or the project id "${environment.projectId}" of environment "${environment.name}".`,
      );
    }
    this.bucket = new StorageBucket(this, "bucket", {
      name,
      location: environment.location,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: softDeleteDays * SECONDS_PER_DAY },
      lifecycleRule: [
        // Both must hold: a busy day doesn't push out last month's state, and a quiet year doesn't either.
        {
          action: { type: "Delete" },
          condition: { numNewerVersions: keptVersions, daysSinceNoncurrentTime: keptDays, withState: "ARCHIVED" },
        },
      ],
      forceDestroy: false,
      labels: { ...environment.labels },
      lifecycle: { preventDestroy: true },
    });
  }

  /** Lets the grantee read states. A plan then needs `-lock=false`: whoever may lock may also write. */
  public grantRead(grantee: Grantee): StorageBucketIamMember {
    return this.grant(grantee, "read", "roles/storage.objectViewer");
  }

  /** Lets the grantee read, lock and write states. */
  public grantWrite(grantee: Grantee): StorageBucketIamMember {
    return this.grant(grantee, "write", "roles/storage.objectUser");
  }

  private grant(grantee: Grantee, what: string, role: string): StorageBucketIamMember {
    return new StorageBucketIamMember(this, `${grantee.id}-${what}`, { bucket: this.bucket.name, role, member: grantee.member });
  }
}
