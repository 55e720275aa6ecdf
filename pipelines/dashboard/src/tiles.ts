import type { DashboardData } from "./dashboard-data";
import { byId, element } from "./elements";
import { formatCents, formatCount, formatDollars, formatShare } from "./format";
import { totals } from "./selection";

interface Tile {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** Shows the key figures of what is selected. */
export function showTiles(data: DashboardData): void {
  byId("tiles").replaceChildren(
    ...tilesOf(data).map(({ id, label, value, note }) =>
      element(
        "div",
        { class: "tile", "data-tile": id },
        element("dt", {}, label),
        element("dd", {}, element("span", { class: "value" }, value), element("span", { class: "note" }, note)),
      ),
    ),
  );
}

function tilesOf(data: DashboardData): Tile[] {
  const { trips, paidTrips, revenue, fare, tip, rowsRead, rowsAccepted, rowsWarned, rowsRejected } = totals(data);
  const perTrip = (amount: number): string => (paidTrips === 0 ? "–" : formatCents(amount / paidTrips));
  const unpaid = trips > 0 && paidTrips === 0;
  const days = new Set(data.dailyTrips.map((day) => day.date)).size;
  return [
    { id: "trips", label: "Trips", value: formatCount(trips), note: `on ${formatCount(days)} ${days === 1 ? "day" : "days"}` },
    {
      id: "revenue",
      label: "Revenue",
      value: unpaid ? "–" : formatDollars(revenue),
      note: unpaid ? "the files hold no amounts" : `${perTrip(revenue)} a trip${paidTrips < trips ? " with amounts" : ""}`,
    },
    ...(fare === undefined ? [] : [{ id: "fare", label: "Average fare", value: perTrip(fare), note: "before tips, tolls and fees" }]),
    ...(tip === undefined ? [] : [{ id: "tip", label: "Average tip", value: perTrip(tip), note: "where recorded, over all trips" }]),
    { id: "warned", label: "Rows warned", value: formatCount(rowsWarned), note: `${formatShare(rowsWarned, rowsAccepted)} of those kept` },
    {
      id: "rejected",
      label: "Rows rejected",
      value: formatCount(rowsRejected),
      note: `${formatShare(rowsRejected, rowsRead)} of those read`,
    },
  ];
}
