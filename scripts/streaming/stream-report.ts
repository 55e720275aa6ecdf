import type { StreamedMonth } from "./stream-month";

/** One line of the report: what the stream came to, beside the batch. */
export function streamReport({ month, services, unchanged, equal, pickups, zoneHours, differences }: StreamedMonth): string {
  const what = `${services.join(" and ")} ${month}: ${pickups.toLocaleString("en-US")} rides, ${zoneHours.toLocaleString("en-US")} hours of zones`;
  if (!equal) return `${what}, and they DIFFER from fct_trips: ${differences.join("; ")}`;
  return `${what}, equal to fct_trips${unchanged ? " (streamed earlier; unchanged)" : ""}`;
}
