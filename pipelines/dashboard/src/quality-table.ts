import type { DashboardData, Delivery } from "./dashboard-data";
import { byId, element } from "./elements";
import { formatCount, formatMonth, formatRule, formatService, formatShare } from "./format";
import { newestFirst, totals } from "./selection";

/** Deliveries shown before somebody asks for all. */
const AT_FIRST = 8;

/** Shows what became of each delivered file's rows, and why. */
export function showQuality(data: DashboardData): void {
  const body = byId("quality-body");
  if (data.quality.length === 0) {
    body.replaceChildren(element("p", { class: "empty" }, "No deliveries are recorded for this selection yet."));
    return;
  }
  const { rowsRead, rowsAccepted, rowsWarned, rowsRejected } = totals(data);
  const heads = ["Service", "Month", "Read", "Accepted", "Warned", "Rejected", "Why"];
  const table = element(
    "table",
    { class: "quality" },
    element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...newestFirst(data.quality).map(deliveryRow)),
    element(
      "tfoot",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "row", colspan: "2" }, "All"),
        number("Read", rowsRead),
        number("Accepted", rowsAccepted),
        number("Warned", rowsWarned, rowsAccepted),
        number("Rejected", rowsRejected, rowsRead),
        element("td", { class: "why" }),
      ),
    ),
  );
  const older = data.quality.length > AT_FIRST ? [askForAll(table, data.quality.length)] : [];
  body.replaceChildren(
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Data quality by delivery" }, table),
    ...older,
  );
}

function askForAll(table: HTMLElement, deliveries: number): HTMLElement {
  const button = element(
    "button",
    { type: "button", class: "ask", "aria-expanded": "false" },
    `Show all ${formatCount(deliveries)} deliveries`,
  );
  button.addEventListener("click", () => {
    const whole = table.classList.toggle("whole");
    button.setAttribute("aria-expanded", String(whole));
    button.textContent = whole ? `Show the newest ${formatCount(AT_FIRST)} only` : `Show all ${formatCount(deliveries)} deliveries`;
  });
  return button;
}

function deliveryRow(delivery: Delivery, index: number): HTMLElement {
  return element(
    "tr",
    index < AT_FIRST ? {} : { class: "older" },
    element(
      "td",
      { class: "service", "data-label": "Service" },
      element("span", { class: `dot dot-${delivery.service}`, "aria-hidden": "true" }),
      formatService(delivery.service),
    ),
    element("th", { scope: "row", "data-label": "Month" }, formatMonth(delivery.file_month)),
    number("Read", delivery.rows_read),
    number("Accepted", delivery.rows_accepted),
    number("Warned", delivery.rows_warned, delivery.rows_accepted),
    number("Rejected", delivery.rows_rejected, delivery.rows_read),
    element(
      "td",
      { class: "why", "data-label": "Why" },
      ...reasons("rejected", delivery.rejections),
      ...reasons("warned", delivery.warnings),
    ),
  );
}

function number(label: string, count: number, of?: number): HTMLElement {
  const share = of === undefined || count === 0 ? [] : [element("small", {}, formatShare(count, of))];
  return element("td", { class: "number", "data-label": label }, formatCount(count), ...share);
}

function reasons(kind: "rejected" | "warned", counts: Readonly<Record<string, number>>): HTMLElement[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([rule, count]) =>
      element("span", { class: `reason ${kind}`, title: kind }, `${formatRule(rule)} `, element("b", {}, formatCount(count))),
    );
}
