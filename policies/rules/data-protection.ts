import { isReference, type ResourceView } from "../resource-view";
import { resourceRule } from "../rule";

/** Arguments that let data go with the resource, and the value that does so. */
const FORBIDDEN: readonly (readonly [type: RegExp, path: string, value: boolean])[] = [
  [/^google_storage_bucket$/, "force_destroy", true],
  [/^google_bigquery_dataset$/, "delete_contents_on_destroy", true],
  [/^google_sql_database_instance$/, "settings.deletion_protection_enabled", false],
  [/^google_(?:bigquery_table|bigtable_\w+|spanner_database|sql_database_instance)$/, "deletion_protection", false],
];
/** Types whose deletion protection is off unless it is switched on. */
const UNPROTECTED_BY_DEFAULT = ["google_compute_instance", "google_secret_manager_secret", "google_secret_manager_regional_secret"];
/** Types that hold data and have no protection of their own but Terraform's. */
const NEEDS_PREVENT_DESTROY = ["google_artifact_registry_repository", "google_compute_disk", "google_kms_crypto_key", "docker_volume"];

/** Views and external tables hold nothing of their own. */
const holdsNothing = (resource: ResourceView): boolean =>
  resource.type === "google_bigquery_table" &&
  ["view", "materialized_view", "external_data_configuration"].some((block) => resource.has(block));

/** In a stack that protects its data, no destroy and no replacement takes data along. */
export const dataProtection = resourceRule({
  id: "data-protection",
  severity: "error",
  reason: "One wrong apply would delete data that nobody can make again.",
  mend: "Leave deletion protection on and forced deletion off in this environment; for keys, disks, registries and volumes set lifecycle.prevent_destroy.",
  reads: {
    google_storage_bucket: ["force_destroy"],
    google_bigquery_dataset: ["delete_contents_on_destroy"],
    google_bigquery_table: ["deletion_protection", "view", "materialized_view", "external_data_configuration"],
    google_sql_database_instance: ["deletion_protection", "settings.deletion_protection_enabled"],
    "google_bigtable_*": ["deletion_protection"],
    google_spanner_database: ["deletion_protection"],
    ...Object.fromEntries(UNPROTECTED_BY_DEFAULT.map((type) => [type, ["deletion_protection"]])),
    ...Object.fromEntries(NEEDS_PREVENT_DESTROY.map((type) => [type, []])),
  },
  check: (resource, stack, { protectsData = () => false }) => {
    if (!protectsData(stack.name) || holdsNothing(resource)) return [];
    if (NEEDS_PREVENT_DESTROY.includes(resource.type))
      return resource.value("lifecycle.prevent_destroy") === true ? [] : ["lifecycle.prevent_destroy isn't true"];
    if (UNPROTECTED_BY_DEFAULT.includes(resource.type)) {
      const set = resource.value("deletion_protection");
      return set === true || isReference(set) ? [] : ["deletion_protection isn't true"];
    }
    return FORBIDDEN.filter(([type, path, value]) => type.test(resource.type) && resource.value(path) === value).map(
      ([, path, value]) => `${path} is ${String(value)}`,
    );
  },
});
