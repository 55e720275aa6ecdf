import type { ResourceView } from "../resource-view";
import type { Rule } from "../rule";
import type { StackView } from "../stack-view";

const MEMBERS = "IAM members";
const ENTRIES = "access entries";

/** How each type grants a dataset. */
const MECHANISM_OF: Readonly<Record<string, string>> = {
  google_bigquery_dataset_access: ENTRIES,
  google_bigquery_dataset_iam_member: MEMBERS,
  google_bigquery_dataset_iam_binding: "an IAM binding",
  google_bigquery_dataset_iam_policy: "an IAM policy",
};

/** Id of the dataset that a grant is on, whether it is written out or referred to. */
function datasetOf(stack: StackView, grant: ResourceView): string {
  const set = grant.value("dataset_id");
  return String(stack.referredBy(set)?.value("dataset_id") ?? set).replace(/^.*\/datasets\//, "");
}

/** A dataset is granted to in one way only. */
export const oneGrantMechanism: Rule = {
  id: "one-grant-mechanism",
  severity: "error",
  reason: "All of them write the dataset's one list of access: each apply takes away what the other granted.",
  mend: "Use google_bigquery_dataset_access alone where views are authorised, google_bigquery_dataset_iam_member alone elsewhere.",
  reads: {
    google_bigquery_dataset: ["dataset_id", "access"],
    ...Object.fromEntries(Object.keys(MECHANISM_OF).map((type) => [type, ["dataset_id"]])),
  },
  check: (stack) => {
    const first = new Map<string, string>();
    for (const dataset of stack.ofType("google_bigquery_dataset")) {
      if (dataset.has("access")) first.set(String(dataset.value("dataset_id")), "access blocks");
    }
    return stack.resources.flatMap((grant) => {
      const mechanism = MECHANISM_OF[grant.type];
      if (mechanism === undefined) return [];
      const dataset = datasetOf(stack, grant);
      const other = first.get(dataset) ?? mechanism;
      first.set(dataset, other);
      return other === mechanism ? [] : [{ on: grant, what: `dataset ${dataset} is granted to by ${other} and by ${mechanism}` }];
    });
  },
};
