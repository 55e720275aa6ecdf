import { ArtifactRegistryRepository } from "@cdktf/provider-google/lib/artifact-registry-repository";
import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { ArtifactRepositoryProps } from "./artifact-repository-props";

const SECONDS_PER_DAY = 86_400;

/**
 * A repository of container images or Python packages in Artifact Registry, which throws old versions away.
 *
 * ### Cost
 * 0.10 USD per GiB and month above the first 0.5 GiB of the billing account; pulling within the region is free.
 *
 * @throws Error when tags of packages shall be immutable, or when versions are to be kept or deleted by less than one.
 * @see https://cloud.google.com/artifact-registry/pricing
 * @see https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy
 */
export class ArtifactRepository extends Construct {
  /** The repository itself, for what this construct doesn't offer. */
  public readonly repository: ArtifactRegistryRepository;

  /** Where clients find it: `<location>-docker.pkg.dev/<project>/<repository>`, with `-python` for packages. */
  public readonly address: string;

  constructor(scope: Construct, id: string, props: ArtifactRepositoryProps) {
    super(scope, id);
    const { environment, format, immutableTags = false, keepVersions = 10, deleteAfterDays = 30, encryptionKey } = props;
    const { destroyArtifacts = false } = props;
    if (immutableTags && format !== "docker") {
      throw new Error(`Only images have tags: leave immutableTags out of the ${format} repository "${this.node.path}".`);
    }
    checkWhole("keepVersions", keepVersions);
    checkWhole("deleteAfterDays", deleteAfterDays);

    this.repository = new ArtifactRegistryRepository(this, "repository", {
      project: environment.projectId,
      location: environment.location,
      repositoryId: `trips-${format}`,
      format: format.toUpperCase(),
      description: format === "docker" ? "Container images of the trips platform." : "Python packages of the trips platform.",
      ...(format === "docker" && { dockerConfig: { immutableTags } }),
      cleanupPolicies: [
        { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: keepVersions } },
        {
          id: "delete-old",
          action: "DELETE",
          condition: {
            // A tagged image is in use, and can't be deleted at all where tags are immutable. Packages have no tags.
            tagState: format === "docker" ? "UNTAGGED" : "ANY",
            olderThan: `${String(deleteAfterDays * SECONDS_PER_DAY)}s`,
          },
        },
      ],
      kmsKeyName: encryptionKey?.name,
      labels: { ...environment.labels },
      lifecycle: { preventDestroy: !(destroyArtifacts && environment.allowsDataDeletion) },
      dependsOn: encryptionKey ? [encryptionKey.grantService("artifactregistry")] : [],
    });
    this.address = `${environment.location}-${format}.pkg.dev/${environment.projectId}/${this.repository.repositoryId}`;
  }

  /** Lets the grantee pull images or install packages. */
  public grantRead(grantee: Grantee): ArtifactRegistryRepositoryIamMember {
    return this.grant(grantee, "read", "roles/artifactregistry.reader");
  }

  /** Lets the grantee push images or publish packages, besides reading them; not delete them. */
  public grantWrite(grantee: Grantee): ArtifactRegistryRepositoryIamMember {
    return this.grant(grantee, "write", "roles/artifactregistry.writer");
  }

  private grant(grantee: Grantee, what: string, role: string): ArtifactRegistryRepositoryIamMember {
    const { project, location, repositoryId: repository } = this.repository;
    return new ArtifactRegistryRepositoryIamMember(this, `${grantee.id}-${what}`, {
      project,
      location,
      repository,
      role,
      member: grantee.member,
    });
  }
}

function checkWhole(prop: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new Error(`${prop} must be a whole number of at least 1, not ${String(value)}.`);
}
