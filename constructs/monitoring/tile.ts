import { type Aggregation, apiAggregation } from "./aggregation";
import { type Metric, seriesFilter } from "./metric";

/** One chart of a {@link Dashboard}. */
export interface Tile {
  /** What is charted, with its unit. */
  readonly title: string;

  readonly metric: Metric;

  /**
   * Further comparisons that choose time series.
   *
   * @default []
   */
  readonly where?: readonly string[];

  /** How the time series become lines: one per group. */
  readonly aggregation: Aggregation;

  /**
   * How values are drawn: counts as bars, what has a value at any time as lines.
   *
   * @default "LINE"
   */
  readonly plot?: "LINE" | "STACKED_BAR";
}

/** A chart of what a query in PromQL answers, for what no {@link Tile} can say. */
export interface QueryTile {
  /** What is charted, with its unit. */
  readonly title: string;

  readonly promQl: string;
}

/** A query's chart as Cloud Monitoring's API has it: lines, one per series of the answer. */
export const queryWidget = ({ title, promQl }: QueryTile) => ({
  title,
  xyChart: { dataSets: [{ plotType: "LINE", timeSeriesQuery: { prometheusQuery: promQl } }] },
});

/** A tile as Cloud Monitoring's API has it. */
export const widget = ({ title, metric, where, aggregation, plot = "LINE" }: Tile) => ({
  title,
  xyChart: {
    dataSets: [
      {
        plotType: plot,
        timeSeriesQuery: { timeSeriesFilter: { filter: seriesFilter(metric, where), aggregation: apiAggregation(aggregation) } },
      },
    ],
  },
});
