import { Chart, type ChartConfiguration, type ChartType } from "chart.js";
import { byId, element } from "../elements";

/** What a chart shows, beside the picture, to those who don't see it. */
export interface ChartContent<Kind extends ChartType> {
  /** Null where there is nothing to show. */
  readonly configuration: ChartConfiguration<Kind, (number | null)[], string> | null;
  /** One sentence with the gist of the picture. */
  readonly summary: string;
  /** The same figures as a table. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Height of the picture in pixels. */
  readonly height: number;
}

/** A card of the page that holds one chart, its summary and its table. */
export class ChartCard<Kind extends ChartType> {
  private chart: Chart<Kind, (number | null)[], string> | null = null;
  private readonly card: HTMLElement;

  /** @param id of the card's element in page.html */
  constructor(id: string) {
    this.card = byId(id);
  }

  /** Draws the content in place of what was there. */
  public show({ configuration, summary, head, rows, height }: ChartContent<Kind>): void {
    this.chart?.destroy();
    this.chart = null;
    const body = this.card.querySelector<HTMLElement>(".chart-body") ?? this.card;
    if (configuration === null) {
      body.replaceChildren(element("p", { class: "empty" }, summary));
      return;
    }
    const canvas = element("canvas", { role: "img", "aria-label": summary });
    const open = body.querySelector("details")?.open === true;
    const table = element("details", open ? { open: "" } : {}, element("summary", {}, "Show as a table"), tableOf(head, rows));
    body.replaceChildren(element("div", { class: "canvas-box", style: `height: ${String(height)}px` }, canvas), table);
    this.chart = new Chart(canvas, configuration);
  }
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const cells = (row: readonly string[]): HTMLElement[] =>
    row.map((text, index) => (index === 0 ? element("th", { scope: "row" }, text) : element("td", {}, text)));
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells(row)))),
  );
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Figures of the chart" }, table);
}
