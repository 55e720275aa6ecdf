import type { Environment } from "../../constructs/environment/environment";

/** dbt's tables that people look at, and what a report on each is called. */
export const marts = {
  fct_trips: "Trips",
  fct_monthly_zone_revenue: "Revenue by zone and month",
  dim_zones: "Taxi zones",
} as const;

/**
 * Address that opens a new report in Looker Studio on each mart: of one's own, and with one's own rights in BigQuery.
 *
 * The data source has no alias, since Google's empty report knows none: `ds.ds0.connector` is refused there.
 *
 * @param datasetId Dataset of the marts; may be known only after the deployment, so it isn't encoded.
 * @see https://developers.google.com/looker-studio/integrate/linking-api
 */
export const dashboardLinks = ({ name, projectId }: Environment, datasetId: string): Record<keyof typeof marts, string> => {
  const link = (tableId: keyof typeof marts): string => {
    const title = encodeURIComponent(`${marts[tableId]} (${name})`);
    const table = `ds.projectId=${projectId}&ds.datasetId=${datasetId}&ds.tableId=${tableId}&ds.billingProjectId=${projectId}`;
    return `https://lookerstudio.google.com/reporting/create?c.mode=edit&r.reportName=${title}&ds.connector=bigQuery&ds.datasourceName=${title}&ds.type=TABLE&${table}`;
  };
  return {
    fct_trips: link("fct_trips"),
    fct_monthly_zone_revenue: link("fct_monthly_zone_revenue"),
    dim_zones: link("dim_zones"),
  };
};
