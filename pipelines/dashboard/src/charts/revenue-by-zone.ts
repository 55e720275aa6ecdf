import type { DashboardData } from "../dashboard-data";
import { formatCount, formatDollars, formatShortDollars } from "../format";
import { topZones } from "../selection";
import type { Theme } from "../theme";
import type { ChartContent } from "./chart-card";

const ZONES = 20;
const BAR = 24;
const AXIS = 40;

/** Boroughs of the zones shown, in the order in which they first appear: the entries of the legend. */
export function boroughsShown(data: DashboardData): string[] {
  return [...new Set(topZones(data.zoneRevenue, ZONES).map((zone) => zone.borough))];
}

/** Revenue of the twenty richest pickup zones as bars, coloured by borough. */
export function revenueByZone(data: DashboardData, theme: Theme): ChartContent<"bar"> {
  const zones = topZones(data.zoneRevenue, ZONES);
  const [richest] = zones;
  if (richest === undefined) {
    return { configuration: null, summary: "No revenue to show for this selection yet.", head: [], rows: [], height: 0 };
  }
  return {
    summary: `Revenue of the ${String(zones.length)} pickup zones that brought in most: ${richest.zone} leads with ${formatDollars(richest.revenue)}.`,
    head: ["Pickup zone", "Borough", "Revenue", "Trips"],
    rows: zones.map((zone) => [zone.zone, zone.borough, formatDollars(zone.revenue), formatCount(zone.trips)]),
    height: zones.length * BAR + AXIS,
    configuration: {
      type: "bar",
      data: {
        labels: zones.map((zone) => zone.zone),
        datasets: [
          {
            label: "Revenue",
            data: zones.map((zone) => zone.revenue),
            backgroundColor: zones.map((zone) => theme.borough(zone.borough)),
            borderRadius: 3,
            barPercentage: 0.82,
            categoryPercentage: 0.9,
          },
        ],
      },
      options: {
        indexAxis: "y",
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: {
              label: ({ dataIndex }) => {
                const zone = zones[dataIndex];
                return zone ? `${formatDollars(zone.revenue)} from ${formatCount(zone.trips)} trips (${zone.borough})` : "";
              },
            },
          },
        },
        scales: {
          x: {
            beginAtZero: true,
            border: { display: false },
            ticks: { maxTicksLimit: isNarrow() ? 4 : 6, callback: (value) => formatShortDollars(Number(value)) },
          },
          y: {
            grid: { display: false },
            ticks: { color: theme.ink, autoSkip: false, callback: (_, index) => shorten(zones[index]?.zone ?? "") },
          },
        },
      },
    },
  };
}

const isNarrow = (): boolean => matchMedia("(max-width: 640px)").matches;

/** Zone names may be long, and a phone narrow; the tooltip and the table have them whole. */
function shorten(name: string): string {
  const room = isNarrow() ? 18 : 32;
  return name.length > room ? `${name.slice(0, room - 1).trimEnd()}…` : name;
}
