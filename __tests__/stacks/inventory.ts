/** How many resources of each type a stack has. */
export const counts = (json: any): Record<string, number> =>
  Object.fromEntries(
    Object.entries<any>(json.resource)
      .map(([type, all]) => [type, Object.keys(all).length] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** Who may do what on what: one line per grant. */
export const grants = (json: any): string[] =>
  Object.entries<any>(json.resource)
    .filter(([type]) => type.endsWith("_iam_member"))
    .flatMap(([type, all]) =>
      Object.values<any>(all).map((grant) => `${named(json, grant.member)} ${grant.role} on ${target(json, type, grant)}`),
    )
    .sort();

function target(json: any, type: string, grant: any): string {
  if (type === "google_project_iam_member") return "project";
  return named(json, grant.bucket ?? grant.dataset_id);
}

/** What a reference to another resource's attribute stands for. */
function named(json: any, value: string): string {
  const [, type, id] = /^\$\{(\w+)\.(\w+)\.\w+\}$/.exec(value) ?? [];
  if (type === undefined || id === undefined) return value;
  const resource = json.resource[type][id];
  return resource.account_id ?? resource.dataset_id ?? resource.name;
}
