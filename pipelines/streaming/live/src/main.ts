import { byId, element } from "../../../dashboard/src/elements";
import { formatCount } from "../../../dashboard/src/format";
import type { LiveState } from "./live-state";
import { showTables } from "./tables";
import { ThroughputChart } from "./throughput-chart";
import { showZones } from "./zone-bars";

/** Milliseconds without news, after which the server is taken for gone: it tells something every second. */
const SILENCE_MILLISECONDS = 8_000;

const chart = new ThroughputChart();
let last: LiveState | undefined;
let silence: number | undefined;

function show(state: LiveState): void {
  last = state;
  showStatus(state);
  showTiles(state);
  showZones(state);
  showTables(state);
  chart.show(state.seconds);
  byId("source").textContent = `Kafka at ${state.bootstrapServers}; told at ${new Date(state.at).toLocaleTimeString("en-GB")}`;
}

function showStatus({ trouble, isFlowing }: LiveState): void {
  if (trouble !== null) say("trouble", trouble);
  else if (isFlowing) say("flowing", "Events flow");
  else say("quiet", "Nothing flows just now: npm run produce sends a month");
}

function say(status: string, text: string): void {
  const shown = byId("status");
  // Told anew only when it changes: it is read out.
  if (shown.textContent !== text) shown.textContent = text;
  shown.dataset.status = status;
  document.body.classList.toggle("stale", status === "trouble" || status === "gone");
}

function showTiles({ seconds, latency, groups }: LiveState): void {
  const second = seconds.at(-1) ?? { rides: 0, updates: 0 };
  const lag = groups.reduce((sum, group) => sum + group.lag, 0);
  const tiles = [
    ["rides", "Rides", formatCount(second.rides), "a second, into trips.rides"],
    ["updates", "Updates", formatCount(second.updates), "a second, of zones' hours"],
    ["p50", "Latency, median", latency === null ? "–" : duration(latency.p50), "from a ride's sending to its update here"],
    ["p99", "Latency, 99 %", latency === null ? "–" : duration(latency.p99), "of the updates of the last second"],
    ["lag", "Lag", formatCount(lag), groups.length === 1 ? "records, of one group" : "records, of all groups together"],
  ] as const;
  byId("tiles").replaceChildren(
    ...tiles.map(([id, label, value, note]) =>
      element(
        "div",
        { class: "tile", "data-tile": id },
        element("dt", {}, label),
        element("dd", {}, element("span", { class: "value" }, value), element("span", { class: "note" }, note)),
      ),
    ),
  );
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${String(Math.round(milliseconds))} ms`;
  return milliseconds < 60_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${formatCount(Math.round(milliseconds / 60_000))} min`;
}

function gone(): void {
  say("gone", "The server of this page doesn't answer; it is asked again every second. npm run live starts it");
}

/** The browser asks again by itself, but not after every kind of failure: so a connection that is closed is made anew. */
function listen(): void {
  const source = new EventSource("/events");
  const listenForSilence = (): void => {
    clearTimeout(silence);
    silence = window.setTimeout(gone, SILENCE_MILLISECONDS);
  };
  listenForSilence();
  source.onmessage = ({ data }: MessageEvent<string>) => {
    listenForSilence();
    show(JSON.parse(data) as LiveState);
  };
  source.onerror = () => {
    gone();
    if (source.readyState === EventSource.CLOSED) window.setTimeout(listen, 1_000);
  };
}

for (const query of ["(prefers-color-scheme: dark)", "(max-width: 640px)"]) {
  matchMedia(query).addEventListener("change", () => {
    chart.recolour();
    if (last) show(last);
  });
}
listen();
