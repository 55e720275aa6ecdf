import { byId, element } from "../../../dashboard/src/elements";
import { formatCount, formatDollars } from "../../../dashboard/src/format";
import { currentTheme } from "../../../dashboard/src/theme";
import type { LiveState } from "./live-state";
import { windowText } from "./tables";

const MOST = 15;

/** The zones with most pickups as bars, coloured by borough. */
export function showZones({ zones, windows }: LiveState): void {
  const [shown, theme] = [zones.slice(0, MOST), currentTheme()];
  const most = Math.max(...shown.map(({ pickups }) => pickups), 1);
  const [newest, oldest] = [windows[0], windows.at(-1)];
  byId("windows").textContent =
    newest === undefined || oldest === undefined
      ? "Nothing has been counted yet."
      : `Hours from ${windowText(oldest.start)} to that of ${windowText(newest.start)}, New York time`;
  byId("zones").replaceChildren(
    ...shown.map(({ zone, borough, pickups, revenue }) => {
      const bar = element("span", { class: "bar" });
      // By script: the page's policy allows no style in markup.
      bar.style.width = `${String((100 * pickups) / most)}%`;
      bar.style.background = theme.borough(borough);
      const title = `${zone}, ${borough}: ${formatCount(pickups)} pickups, ${formatDollars(revenue / 100)}`;
      return element(
        "li",
        { title },
        element("span", { class: "name" }, zone),
        bar,
        element("span", { class: "count" }, formatCount(pickups)),
      );
    }),
  );
  byId("boroughs").replaceChildren(
    ...[...new Set(shown.map(({ borough }) => borough))].map((borough) => {
      const dot = element("span", { class: "dot" });
      dot.style.background = theme.borough(borough);
      return element("li", {}, dot, borough);
    }),
  );
}
