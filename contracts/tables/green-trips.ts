import { integer, money } from "../model/column";
import { table } from "../model/table";
import { cbdCongestionFee, sharedTripColumns, tripRules, tripSystemColumns, zoneKeys } from "./trip-columns";

/** Trips of green street-hail liveries, which may not pick up in the south of Manhattan or at the airports. */
export const greenTrips = table("green_trips", {
  description: "One row per trip of a green taxi, as the TLC's monthly files deliver it.",
  service: "green",
  columns: {
    ...sharedTripColumns("lpep"),
    ehail_fee: money({ description: "E-hail fee, US dollars; empty in practice." }),
    trip_type: integer({ description: "How the trip came about.", values: { 1: "Street hail", 2: "Dispatch" } }),
    cbd_congestion_fee: cbdCongestionFee,
  },
  systemColumns: tripSystemColumns,
  primaryKey: ["trip_id"],
  foreignKeys: zoneKeys,
  partitionBy: "file_month",
  clusterBy: ["pickup_zone_id", "payment_type"],
  rules: tripRules,
});
