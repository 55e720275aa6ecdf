import { ComposerEnvironment as GoogleComposerEnvironment } from "@cdktf/provider-google/lib/composer-environment";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import { composerConfig } from "./composer-config";
import type { ComposerEnvironmentProps } from "./composer-environment-props";

/**
 * Airflow on Composer 3: private, in a bucket of ours, under an account of ours; connections and variables are secrets in Secret Manager.
 *
 * ### Cost
 * The smallest is about 292 to 526 USD a month (0.06 USD per DCU-hour, 2026-07, of medium certainty), whether or not anything runs: by far
 * the dearest part of a platform of this size. It can't be paused, only destroyed.
 *
 * @throws Error when Google would refuse image, sizes, variables or schedules; making one takes 25 minutes.
 * @see https://cloud.google.com/composer/pricing
 */
export class ComposerEnvironment extends Construct {
  /** The environment itself. */
  public readonly resource: GoogleComposerEnvironment;

  /** Address of Airflow's page; known after the deployment. */
  public readonly airflowUrl: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ComposerEnvironmentProps,
  ) {
    super(scope, id);
    const { environment, bucket, encryptionKey, destroyHistory = false } = props;
    this.resource = new GoogleComposerEnvironment(this, "environment", {
      project: environment.projectId,
      region: environment.location,
      name: "trips-airflow",
      config: composerConfig(props),
      storageConfig: { bucket: bucket.bucket.name },
      labels: { ...environment.labels },
      // Each changed setting is an operation of its own, of up to 20 minutes.
      timeouts: { create: "120m", update: "120m", delete: "60m" },
      lifecycle: { preventDestroy: !(destroyHistory && environment.allowsDataDeletion) },
      dependsOn: encryptionKey && [encryptionKey.grantService("composer"), encryptionKey.grantService("storage")],
    });
    this.airflowUrl = this.resource.config.airflowUri;
  }

  /**
   * Lets the grantee open Airflow's page and start DAGs. Composer knows no grant on one environment: it is on all of the project's.
   *
   * @see https://cloud.google.com/composer/docs/composer-3/access-control
   */
  public grantUse(grantee: Grantee): ProjectIamMember {
    return new ProjectIamMember(this, `${grantee.id}-use`, {
      project: this.props.environment.projectId,
      role: "roles/composer.user",
      member: grantee.member,
    });
  }
}
