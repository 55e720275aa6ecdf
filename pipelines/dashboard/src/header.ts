import type { DashboardData } from "./dashboard-data";
import { byId, element } from "./elements";
import { formatDay, formatMoment } from "./format";

/** Shows what the page is about: environment, period, when it was made, from what, and whether the trips are real. */
export function showHeader(data: DashboardData): void {
  const dates = data.dailyTrips.map((day) => day.date).sort();
  const [first, last] = [dates[0], dates[dates.length - 1]];
  const facts = [
    ["Environment", data.environment],
    ["Period", first === undefined || last === undefined ? "no trips yet" : `${formatDay(first)} – ${formatDay(last)}`],
    ["Generated", formatMoment(data.generatedAt)],
  ] as const;
  byId("facts").replaceChildren(...facts.map(([label, value]) => element("div", {}, element("dt", {}, label), element("dd", {}, value))));
  byId("source").textContent = `Source: ${data.source.kind}, ${data.source.location}`;
  byId("synthetic").hidden = !data.synthetic;
  byId("records").textContent = data.synthetic
    ? "Trips of the shape of the New York City Taxi & Limousine Commission's records, made up by a generator."
    : "Trip records: New York City Taxi & Limousine Commission.";
  if (data.synthetic) {
    document.title = `Synthetic data: ${document.title}`;
  }
}
