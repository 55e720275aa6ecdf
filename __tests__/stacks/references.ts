/** A text with every reference to another resource's attribute replaced by what that resource is called. */
export const named = (json: any, text: string): string =>
  text.replace(/\$\{(\w+)\.([\w-]+)\.(\w+)(?:\[0\]\.\w+)?\}/g, (whole, type: string, id: string) => {
    const resource = json.resource[type]?.[id];
    return resource === undefined ? whole : nameOf(resource);
  });

/** What a grant is on. */
export function within(json: any, grant: any): string {
  const on = places.map((place) => grant[place]).find((value) => value !== undefined);
  return on === undefined ? "project" : named(json, grant.table_id === undefined ? on : `${on}.${grant.table_id}`);
}

const places = [
  "bucket",
  "dataset_id",
  "service_account_id",
  "crypto_key_id",
  "secret_id",
  "repository",
  "topic",
  "subscription",
  "policy_tag",
  "data_policy_id",
  "connection_id",
] as const;

const names = [
  "account_id",
  "repository_id",
  "secret_id",
  "connection_id",
  "data_policy_id",
  "policy_id",
  "table_id",
  "routine_id",
  "dataset_id",
  "workload_identity_pool_id",
  "name",
  "display_name",
] as const;

const nameOf = (resource: any): string =>
  String(names.map((name) => resource[name]).find((name) => typeof name === "string" && !name.includes("${")));
