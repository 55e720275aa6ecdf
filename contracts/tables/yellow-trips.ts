import { money } from "../model/column";
import { table } from "../model/table";
import { cbdCongestionFee, sharedTripColumns, tripRules, tripSystemColumns, zoneKeys } from "./trip-columns";

/** Trips of yellow medallion taxis. */
export const yellowTrips = table("yellow_trips", {
  description: "One row per trip of a yellow taxi, as the TLC's monthly files deliver it.",
  service: "yellow",
  columns: {
    ...sharedTripColumns("tpep"),
    airport_fee: money({ description: "Charge for pick-ups at LaGuardia and JFK, US dollars.", since: "2021-01" }),
    cbd_congestion_fee: cbdCongestionFee,
  },
  systemColumns: tripSystemColumns,
  primaryKey: ["trip_id"],
  foreignKeys: zoneKeys,
  partitionBy: "file_month",
  clusterBy: ["pickup_zone_id", "payment_type"],
  rules: tripRules,
});
