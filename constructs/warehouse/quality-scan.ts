import { DataplexDatascan, type DataplexDatascanDataQualitySpecRules } from "@cdktf/provider-google/lib/dataplex-datascan";
import { Construct } from "constructs";
import type { Table } from "../../contracts/model/table";
import type { QualityRule } from "../../contracts/render/quality-rule";
import { qualityRules } from "../../contracts/render/quality-rules";
import type { QualityScanProps } from "./quality-scan-props";

/** Table to which scans write their results, in the dataset given. */
export const QUALITY_RESULTS = "quality_results";

/**
 * A Dataplex data quality scan of a landed table, its rules made from the contract.
 *
 * ### Cost
 * None until it runs: then Dataplex's premium processing, about 0.09 USD per DCU-hour billed by the second (2026-07, region by region), so cents
 * for millions of rows; every run reads what `months` doesn't leave out.
 *
 * @see https://cloud.google.com/dataplex/docs/auto-data-quality-overview
 */
export class QualityScan extends Construct {
  /** The scan itself. */
  public readonly scan: DataplexDatascan;

  constructor(scope: Construct, id: string, props: QualityScanProps) {
    super(scope, id);
    const { environment, contract, table, results, schedule, warnThreshold, months } = props;
    const { projectId, location, labels } = environment;
    const path = (dataset: string, name: string) => `//bigquery.googleapis.com/projects/${projectId}/datasets/${dataset}/tables/${name}`;
    this.scan = new DataplexDatascan(this, "scan", {
      dataScanId: `trips-${contract.name.replaceAll("_", "-")}-quality`,
      displayName: `Quality of ${contract.name}`,
      description: `The rules of the contract ${contract.name}, checked on the landed rows.`,
      location,
      data: { resource: path(table.table.datasetId, table.table.tableId) },
      executionSpec: { trigger: schedule === undefined ? { onDemand: {} } : { schedule: { cron: schedule } } },
      dataQualitySpec: {
        rules: qualityRules(contract, { warnThreshold }).map(terraformRule),
        ...rowFilter(contract, months),
        postScanActions: { bigqueryExport: { resultsTable: path(results.datasetId, QUALITY_RESULTS) } },
      },
      labels: { ...labels },
    });
  }
}

// The landed tables refuse a query without a filter on their partition: so there is one always, be it true for every month.
function rowFilter({ partitionBy }: Table, months: number | undefined): { rowFilter?: string } {
  if (partitionBy === undefined) return {};
  const from = months === undefined ? "DATE '1900-01-01'" : `DATE_SUB(DATE_TRUNC(CURRENT_DATE(), MONTH), INTERVAL ${String(months)} MONTH)`;
  return { rowFilter: `${partitionBy} >= ${from}` };
}

function terraformRule({ range, set, ...rule }: QualityRule): DataplexDatascanDataQualitySpecRules {
  const { name, description, dimension, column, ignoreNull, threshold, nonNull, unique, rowCondition, sqlAssertion } = rule;
  return {
    name,
    description,
    dimension,
    column,
    ignoreNull,
    threshold,
    ...(nonNull && { nonNullExpectation: {} }),
    ...(unique && { uniquenessExpectation: {} }),
    ...(set && { setExpectation: { values: [...set] } }),
    ...(range && { rangeExpectation: { minValue: range.min, maxValue: range.max, strictMinEnabled: range.strictMin } }),
    ...(rowCondition !== undefined && { rowConditionExpectation: { sqlExpression: rowCondition } }),
    // Dataplex's ${data()} must not look like Terraform's own interpolation; a function, for "$$" in a replacement text means "$".
    ...(sqlAssertion !== undefined && { sqlAssertion: { sqlStatement: sqlAssertion.replaceAll("${", () => "$${") } }),
  };
}
