import { MonitoringDashboard } from "@cdktf/provider-google/lib/monitoring-dashboard";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { DashboardProps } from "./dashboard-props";
import { type QueryTile, queryWidget, type Tile, widget } from "./tile";

const COLUMNS = 48;
const WIDTH = 24;
const HEIGHT = 16;

/**
 * One page of charts in Cloud Monitoring, two in a row.
 *
 * ### Cost
 * None.
 *
 * @see https://cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards
 */
export class Dashboard extends Construct {
  /** The dashboard itself. */
  public readonly dashboard: MonitoringDashboard;

  private readonly title: string;
  private readonly widgets: object[];

  constructor(scope: Construct, id: string, { environment, title, tiles = [] }: DashboardProps) {
    super(scope, id);
    this.title = `${title} (${environment.name})`;
    this.widgets = tiles.map(widget);
    this.dashboard = new MonitoringDashboard(this, "dashboard", {
      project: environment.projectId,
      dashboardJson: Lazy.stringValue({ produce: () => JSON.stringify(this.json()) }),
    });
  }

  /** Adds a chart below the others. */
  public addTile(tile: Tile): void {
    this.widgets.push(widget(tile));
  }

  /** Adds a query's chart below the others. */
  public addQueryTile(tile: QueryTile): void {
    this.widgets.push(queryWidget(tile));
  }

  private json() {
    return {
      displayName: this.title,
      mosaicLayout: {
        columns: COLUMNS,
        tiles: this.widgets.map((each, index) => ({ ...place(index), width: WIDTH, height: HEIGHT, widget: each })),
      },
    };
  }
}

/** Without zeros: the API leaves them out when it answers, and the provider would plan them again for ever. */
function place(index: number) {
  const perRow = COLUMNS / WIDTH;
  const [xPos, yPos] = [(index % perRow) * WIDTH, Math.floor(index / perRow) * HEIGHT];
  return { ...(xPos > 0 ? { xPos } : {}), ...(yPos > 0 ? { yPos } : {}) };
}
