import { byId, element } from "../../../dashboard/src/elements";
import { formatCount } from "../../../dashboard/src/format";
import type { LivePartition, LiveState } from "./live-state";

/** Windows, groups and partitions as tables. */
export function showTables({ windows, groups, partitions, brokers }: LiveState): void {
  put(
    "window-table",
    ["Window", "Pickups", "Zones", "Final"],
    windows.map(({ start, pickups, zones, finalZones }) => [
      windowText(start),
      formatCount(pickups),
      formatCount(zones),
      finalZones === 0 ? "–" : formatCount(finalZones),
    ]),
    "No window yet: the stream application tells of them, npm run streams.",
  );
  put(
    "groups",
    ["Group", "Topic", "Lag"],
    groups.map(({ group, topic, lag }) => [group, topic, formatCount(lag)]),
    "No group has read anything yet.",
  );
  put(
    "partitions",
    ["Topic", "Partition", "Leader", "In sync"],
    partitions.map((each) => [
      each.topic,
      String(each.partition),
      each.leader === null ? behind("none") : String(each.leader),
      inSync(each),
    ]),
    "No partition is known yet.",
  );
  byId("brokers").textContent = brokers.length === 0 ? "" : `${brokers.length === 1 ? "Broker" : "Brokers"} ${brokers.join(", ")}`;
}

/** `2020-03-01 17:00` */
export const windowText = (start: string): string => start.replace("T", " ");

function inSync({ replicas, inSync: there }: LivePartition): Node | string {
  const missing = replicas.filter((broker) => !there.includes(broker));
  const all = there.join(", ");
  return missing.length === 0 ? all : element("span", {}, `${all} `, behind(`${missing.join(", ")} behind`));
}

const behind = (text: string): Node => element("span", { class: "behind" }, text);

function put(id: string, head: readonly string[], rows: readonly (readonly (Node | string)[])[], none: string): void {
  if (rows.length === 0) {
    byId(id).replaceChildren(element("p", { class: "empty" }, none));
    return;
  }
  byId(id).replaceChildren(
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell))))),
    ),
  );
}
