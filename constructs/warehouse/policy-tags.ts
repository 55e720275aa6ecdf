import { BigqueryDatapolicyDataPolicy } from "@cdktf/provider-google/lib/bigquery-datapolicy-data-policy";
import { BigqueryDatapolicyDataPolicyIamMember } from "@cdktf/provider-google/lib/bigquery-datapolicy-data-policy-iam-member";
import { DataCatalogPolicyTag } from "@cdktf/provider-google/lib/data-catalog-policy-tag";
import { DataCatalogPolicyTagIamMember } from "@cdktf/provider-google/lib/data-catalog-policy-tag-iam-member";
import { DataCatalogTaxonomy } from "@cdktf/provider-google/lib/data-catalog-taxonomy";
import { Construct } from "constructs";
import { type PolicyTag, policyTags } from "../../contracts/model/policy-tag";
import type { Grantee } from "../identity/grantee";
import type { PolicyTagsProps } from "./policy-tags-props";

/**
 * A policy tag for each kind of protected columns that contracts know, and the mask behind which it may be shown. Reading such a column takes
 * a right to its tag besides the right to the table; without either of them, a query that names it (`select *` does) is refused.
 *
 * ### Cost
 * None with on-demand queries; under BigQuery editions, masking needs Enterprise.
 *
 * @see https://cloud.google.com/bigquery/docs/column-level-security-intro
 */
export class PolicyTags extends Construct {
  /** Holds the tags; enforced, not just a note. */
  public readonly taxonomy: DataCatalogTaxonomy;

  /** By the contract's name for it. */
  public readonly tags: ReadonlyMap<PolicyTag, DataCatalogPolicyTag>;

  /** Mask of each tag. */
  public readonly masks: ReadonlyMap<PolicyTag, BigqueryDatapolicyDataPolicy>;

  constructor(scope: Construct, id: string, { environment, prefix = "trips", mask = "ALWAYS_NULL" }: PolicyTagsProps) {
    super(scope, id);
    const { projectId, name, location } = environment;
    this.taxonomy = new DataCatalogTaxonomy(this, "taxonomy", {
      // Unique in the organisation, hence the project's id.
      displayName: `${prefix}-${name} ${projectId}`,
      description: "Columns that not everybody who may read a table may read.",
      region: location,
      activatedPolicyTypes: ["FINE_GRAINED_ACCESS_CONTROL"],
    });
    const { taxonomy } = this;
    this.tags = forEachTag(
      (tag) => new DataCatalogPolicyTag(this, tag, { taxonomy: taxonomy.name, displayName: tag, description: policyTags[tag] }),
    );
    this.masks = new Map(
      [...this.tags].map(([tag, { name: policyTag }]) => [
        tag,
        new BigqueryDatapolicyDataPolicy(this, `${tag}-mask`, {
          location,
          dataPolicyId: `${prefix}_${tag}_masked`,
          policyTag,
          dataPolicyType: "DATA_MASKING_POLICY",
          dataMaskingPolicy: { predefinedExpression: mask },
        }),
      ]),
    );
  }

  /** Resource names of the tags, known once they are made. */
  public get names(): ReadonlyMap<PolicyTag, string> {
    return new Map([...this.tags].map(([tag, { name }]) => [tag, name]));
  }

  /** Lets the grantee read the values of all protected columns, where he may read the table. */
  public grantRead({ id, member }: Grantee): DataCatalogPolicyTagIamMember[] {
    const role = "roles/datacatalog.categoryFineGrainedReader";
    return [...this.tags].map(
      ([tag, { name }]) => new DataCatalogPolicyTagIamMember(this, `${id}-${tag}-read`, { policyTag: name, role, member }),
    );
  }

  /** Lets the grantee read all protected columns, but masked, where he may read the table. */
  public grantMaskedRead({ id, member }: Grantee): BigqueryDatapolicyDataPolicyIamMember[] {
    const role = "roles/bigquerydatapolicy.maskedReader";
    return [...this.masks].map(
      ([tag, { location, dataPolicyId }]) =>
        new BigqueryDatapolicyDataPolicyIamMember(this, `${id}-${tag}-masked-read`, { location, dataPolicyId, role, member }),
    );
  }
}

const forEachTag = <Value>(make: (tag: PolicyTag) => Value): Map<PolicyTag, Value> =>
  new Map((Object.keys(policyTags) as PolicyTag[]).map((tag) => [tag, make(tag)]));
