import { integer, localDatetime, string } from "../model/column";
import { table } from "../model/table";
import { journeyRules, pickupRules, tripSystemColumns, zoneKeys } from "./trip-columns";

// Meanings: https://www.nyc.gov/assets/tlc/downloads/pdf/data_dictionary_trip_records_fhv.pdf

/** Trips that bases of for-hire vehicles dispatched: liveries, black cars, limousines. Most bases report neither zones nor the end. */
export const fhvTrips = table("fhv_trips", {
  description: "One row per trip of a for-hire vehicle, as the TLC's monthly files deliver it.",
  service: "fhv",
  columns: {
    dispatching_base_num: string({ description: "Licence number of the base that dispatched the trip." }),
    pickup_datetime: localDatetime({
      required: true,
      description: "When the trip began, New York wall-clock time.",
      aliases: ["Pickup_date"],
    }),
    dropoff_datetime: localDatetime({ description: "When the trip ended, New York wall-clock time." }),
    pickup_zone_id: integer({ description: "Taxi zone where the trip began.", aliases: ["PULocationID", "locationID"] }),
    dropoff_zone_id: integer({ description: "Taxi zone where the trip ended.", aliases: ["DOLocationID"] }),
    shared_ride_flag: integer({
      description: "Whether the trip was part of a shared ride; empty if not.",
      aliases: ["SR_Flag"],
      values: { 1: "Shared ride" },
    }),
    affiliated_base_number: string({ description: "Licence number of the base with which the vehicle is affiliated." }),
  },
  systemColumns: tripSystemColumns,
  primaryKey: ["trip_id"],
  foreignKeys: zoneKeys,
  partitionBy: "file_month",
  clusterBy: ["pickup_zone_id"],
  rules: [...pickupRules, ...journeyRules],
});
