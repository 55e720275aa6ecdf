import { ChartCard } from "./charts/chart-card";
import { applyDefaults } from "./charts/chart-defaults";
import { tripsByPaymentType } from "./charts/payment-types";
import { boroughsShown, revenueByZone } from "./charts/revenue-by-zone";
import { tripsPerDay } from "./charts/trips-per-day";
import { readData, type DashboardData } from "./dashboard-data";
import { byId, element } from "./elements";
import { formatCount, formatService } from "./format";
import { showHeader } from "./header";
import { showQuality } from "./quality-table";
import { select, totals, type Service } from "./selection";
import { showServiceFilter } from "./service-filter";
import { currentTheme } from "./theme";
import { showTiles } from "./tiles";

function start(data: DashboardData): void {
  const days = new ChartCard<"line">("trips-per-day");
  const zones = new ChartCard<"bar">("revenue-by-zone");
  const payments = new ChartCard<"bar">("payment-types");
  let service: Service = null;

  const show = (): void => {
    const shown = select(data, service);
    const theme = currentTheme();
    applyDefaults(theme);
    showTiles(shown);
    days.show(tripsPerDay(shown, theme));
    zones.show(revenueByZone(shown, theme));
    payments.show(tripsByPaymentType(shown, theme));
    showQuality(shown);
    const legend = boroughsShown(shown).map((borough) =>
      element("li", {}, element("span", { class: "dot", style: `background: ${theme.borough(borough)}` }), borough),
    );
    byId("boroughs").replaceChildren(...legend);
  };

  showHeader(data);
  showServiceFilter(data.services, (chosen) => {
    service = chosen;
    show();
    const name = service === null ? "all services" : formatService(service);
    byId("announcement").textContent = `Showing ${name}: ${formatCount(totals(select(data, service)).trips)} trips.`;
  });
  show();
  // Canvases don't follow the style sheet by themselves.
  for (const query of ["(prefers-color-scheme: dark)", "(max-width: 640px)", "print"]) {
    matchMedia(query).addEventListener("change", show);
  }
}

function explain(problem: string): void {
  byId("dashboard").hidden = true;
  byId("problem").hidden = false;
  byId("problem").textContent = problem;
}

try {
  const data = readData(byId("data").textContent ?? "");
  if (data === null) {
    explain("This page holds no data yet. The pipeline's last step puts it in: run it (npm start), then open index.html beside this file.");
  } else {
    start(data);
  }
} catch (error) {
  explain(`The data in this page can't be shown: ${error instanceof Error ? error.message : String(error)} Run the export again.`);
  throw error;
}
