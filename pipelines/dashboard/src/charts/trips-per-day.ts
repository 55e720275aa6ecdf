import type { ChartDataset } from "chart.js";
import type { DashboardData } from "../dashboard-data";
import { formatCount, formatDay, formatMonth, formatService, formatShortCount, formatWeekday } from "../format";
import { everyDay, meansOfSevenDays, sum } from "../selection";
import type { Theme } from "../theme";
import type { ChartContent } from "./chart-card";

/** Up to this many days each gets a dot: a line needs two points to be seen. */
const DAYS_WITH_DOTS = 45;

/** Above this many days the weekly ups and downs hide the trend, so the mean of seven days is drawn over them. */
const DAYS_WITHOUT_MEAN = 92;

/** Trips per day as lines, one per service; a day without data leaves a gap, it isn't drawn as zero. */
export function tripsPerDay(data: DashboardData, theme: Theme): ChartContent<"line"> {
  const days = everyDay(data.dailyTrips);
  const trips = new Map(data.dailyTrips.map((day) => [`${day.service} ${day.date}`, day.trips]));
  const services = data.services.filter((service) => data.dailyTrips.some((day) => day.service === service));
  const of = (service: string, day: string): number | null => trips.get(`${service} ${day}`) ?? null;
  const lines = services.flatMap((service) =>
    linesOf(
      service,
      days.map((day) => of(service, day)),
      theme.service(service),
    ),
  );
  const [first, last] = [days[0], days[days.length - 1]];
  if (first === undefined || last === undefined) {
    return { configuration: null, summary: "No trips in the warehouse for this selection yet.", head: [], rows: [], height: 0 };
  }
  return {
    summary: `Trips per day from ${formatDay(first)} to ${formatDay(last)}: ${services
      .map((service) => `${formatService(service)} ${formatCount(sum(days, (day) => of(service, day) ?? 0))}`)
      .join(", ")} in all.`,
    head: ["Day", ...services.map(formatService)],
    rows: days.map((day) => [formatDay(day), ...services.map((service) => formatOrNone(of(service, day)))]),
    height: 300,
    configuration: {
      type: "line",
      data: { labels: days, datasets: lines },
      options: {
        interaction: { mode: "index", intersect: false },
        plugins: {
          legend: { display: lines.length > 1, align: "end", labels: { usePointStyle: true, pointStyle: "line" } },
          tooltip: {
            callbacks: {
              title: ([item]) => (item ? formatWeekday(item.label) : ""),
              label: ({ dataset, parsed }) => `${dataset.label ?? ""}: ${formatOrNone(parsed.y)}`,
            },
          },
        },
        scales: {
          x: {
            grid: { display: false },
            ticks: { maxRotation: 0, autoSkipPadding: 28, callback: (_, index) => tick(days, index) },
          },
          y: {
            beginAtZero: true,
            border: { display: false },
            ticks: { precision: 0, callback: (value) => formatShortCount(Number(value)) },
          },
        },
      },
    },
  };
}

function linesOf(service: string, trips: (number | null)[], colour: string): ChartDataset<"line", (number | null)[]>[] {
  const line = { borderColor: colour, pointBackgroundColor: colour, pointRadius: 0, pointHitRadius: 8, tension: 0.25 };
  const daily = { ...line, label: formatService(service), data: trips };
  if (trips.length <= DAYS_WITHOUT_MEAN) {
    const pointRadius = trips.length <= DAYS_WITH_DOTS ? 3 : 0;
    return [{ ...daily, pointRadius, borderWidth: 2, backgroundColor: `${colour}1f`, fill: "origin" }];
  }
  return [
    { ...line, label: `${formatService(service)}, mean of 7 days`, data: meansOfSevenDays(trips), borderWidth: 2.5 },
    { ...daily, borderWidth: 1, borderColor: `${colour}73` },
  ];
}

function tick(days: readonly string[], index: number): string {
  const day = days[index] ?? "";
  return days.length > DAYS_WITHOUT_MEAN ? formatMonth(day) : formatDay(day);
}

function formatOrNone(count: number | null): string {
  return count === null ? "–" : formatCount(count);
}
