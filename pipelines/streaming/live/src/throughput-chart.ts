import { Chart } from "chart.js";
import { applyDefaults } from "../../../dashboard/src/charts/chart-defaults";
import { byId } from "../../../dashboard/src/elements";
import { formatCount, formatShortCount } from "../../../dashboard/src/format";
import { currentTheme } from "../../../dashboard/src/theme";
import type { LiveSecond } from "./live-state";

/** Records of each second as two lines, the newest at the right. */
export class ThroughputChart {
  private chart: Chart<"line", number[], string> | undefined;

  /** Colours don't follow the style sheet by themselves: the next picture is made anew. */
  public recolour(): void {
    this.chart?.destroy();
    this.chart = undefined;
  }

  public show(seconds: readonly LiveSecond[]): void {
    this.chart ??= this.make();
    const { data } = this.chart;
    data.labels = seconds.map((_, index) => `${String(seconds.length - 1 - index)} s ago`);
    const [rides, updates] = data.datasets;
    if (rides) rides.data = seconds.map((second) => second.rides);
    if (updates) updates.data = seconds.map((second) => second.updates);
    this.chart.update("none");
    const last = seconds.at(-1);
    const now = last === undefined ? "" : `: now ${formatCount(last.rides)} rides and ${formatCount(last.updates)} updates`;
    byId("throughput").setAttribute("aria-label", `Rides and updates a second over the last two minutes${now}.`);
  }

  private make(): Chart<"line", number[], string> {
    const theme = currentTheme();
    applyDefaults(theme);
    const line = (label: string, colour: string) => ({
      label,
      data: [],
      borderColor: colour,
      borderWidth: 2,
      pointRadius: 0,
      tension: 0.2,
    });
    return new Chart(byId("throughput") as HTMLCanvasElement, {
      type: "line",
      data: { labels: [], datasets: [line("Rides", theme.service("yellow")), line("Updates of zones", theme.payment)] },
      options: {
        interaction: { mode: "index", intersect: false },
        plugins: { legend: { align: "end", labels: { usePointStyle: true, pointStyle: "line" } } },
        scales: {
          x: { grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 40 } },
          y: {
            beginAtZero: true,
            suggestedMax: 10,
            border: { display: false },
            ticks: { callback: (value) => formatShortCount(Number(value)) },
          },
        },
      },
    });
  }
}
