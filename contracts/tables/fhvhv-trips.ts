import { decimal, integer, localDatetime, money, string } from "../model/column";
import { warn } from "../model/rule";
import { table } from "../model/table";
import { cbdCongestionFee, journeyRules, pickupRules, tripSystemColumns, zoneKeys } from "./trip-columns";

// Meanings: https://www.nyc.gov/assets/tlc/downloads/pdf/data_dictionary_trip_records_hvfhs.pdf

const flag = (description: string) => string({ description, values: { Y: "Yes", N: "No" } });

/** Trips of high-volume for-hire services (Uber, Lyft, Via, Juno): some 20 million a month, since February 2019. */
export const fhvhvTrips = table("fhvhv_trips", {
  description: "One row per trip of a high-volume for-hire service, as the TLC's monthly files deliver it.",
  service: "fhvhv",
  columns: {
    hvfhs_license_num: string({
      description: "Licence number of the service.",
      values: { HV0002: "Juno", HV0003: "Uber", HV0004: "Via", HV0005: "Lyft" },
    }),
    dispatching_base_num: string({ description: "Licence number of the base that dispatched the trip." }),
    originating_base_num: string({ description: "Licence number of the base that received the request." }),
    request_datetime: localDatetime({ description: "When the passenger asked to be picked up, New York wall-clock time." }),
    on_scene_datetime: localDatetime({ description: "When the driver arrived; only of accessible vehicles." }),
    pickup_datetime: localDatetime({ required: true, description: "When the trip began, New York wall-clock time." }),
    dropoff_datetime: localDatetime({ required: true, description: "When the trip ended, New York wall-clock time." }),
    pickup_zone_id: integer({ required: true, description: "Taxi zone where the trip began.", aliases: ["PULocationID"] }),
    dropoff_zone_id: integer({ required: true, description: "Taxi zone where the trip ended.", aliases: ["DOLocationID"] }),
    trip_distance: decimal(12, 3, { description: "Distance, in miles.", aliases: ["trip_miles"] }),
    trip_seconds: integer({ description: "Duration, in seconds.", aliases: ["trip_time"] }),
    fare_amount: money({
      description: "Fare before tolls, tips, taxes and fees, US dollars.",
      aliases: ["base_passenger_fare"],
    }),
    tolls_amount: money({ description: "Tolls paid, US dollars.", aliases: ["tolls"] }),
    black_car_fund: money({ description: "Paid to the Black Car Fund, US dollars.", aliases: ["bcf"] }),
    sales_tax: money({ description: "New York State sales tax, US dollars." }),
    congestion_surcharge: money({ description: "New York State congestion surcharge, US dollars." }),
    airport_fee: money({ description: "Charge at LaGuardia, Newark and JFK, US dollars." }),
    tip_amount: money({ description: "Tip, US dollars.", aliases: ["tips"] }),
    driver_pay: money({ description: "Paid to the driver without tolls and tips, US dollars.", policyTag: "driver_income" }),
    shared_request_flag: flag("Whether the passenger agreed to a shared ride."),
    shared_match_flag: flag("Whether the ride was shared."),
    access_a_ride_flag: flag("Whether the MTA's Access-A-Ride ordered the trip."),
    wav_request_flag: flag("Whether a wheelchair-accessible vehicle was asked for."),
    wav_match_flag: flag("Whether the vehicle was wheelchair-accessible."),
    cbd_congestion_fee: cbdCongestionFee,
  },
  systemColumns: tripSystemColumns,
  primaryKey: ["trip_id"],
  foreignKeys: zoneKeys,
  partitionBy: "file_month",
  clusterBy: ["pickup_zone_id", "hvfhs_license_num"],
  rules: [
    ...pickupRules,
    warn("negative_fare", "The fare is below zero.", { kind: "at_least", column: "fare_amount", value: 0 }),
    warn("negative_driver_pay", "The driver's pay is below zero.", { kind: "at_least", column: "driver_pay", value: 0 }),
    warn("zero_distance", "The distance is zero or below.", { kind: "more_than", column: "trip_distance", value: 0 }),
    ...journeyRules,
  ],
});
