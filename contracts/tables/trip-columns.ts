import { type Column, date, decimal, integer, localDatetime, money, string } from "../model/column";
import type { ForeignKey } from "../model/foreign-key";
import { reject, type Rule, warn } from "../model/rule";

// Meanings and codes: TLC's data dictionaries, https://www.nyc.gov/site/tlc/about/tlc-trip-record-data.page

/** Columns that yellow and green trips share, under our names; `prefix` is `tpep` or `lpep`, the meter system of the service. */
export const sharedTripColumns = (prefix: "tpep" | "lpep") => ({
  vendor_id: integer({
    description: "Provider of the record.",
    aliases: ["VendorID"],
    // No dictionary of the TLC's has 4, but its files of yellow trips do until 2019-08: up to one row in a hundred.
    values: {
      1: "Creative Mobile Technologies",
      2: "Curb Mobility",
      4: "Not named by the TLC; until August 2019",
      6: "Myle Technologies",
      7: "Helix",
    },
  }),
  pickup_datetime: localDatetime({
    required: true,
    description: "When the meter was engaged, New York wall-clock time.",
    aliases: [`${prefix}_pickup_datetime`],
  }),
  dropoff_datetime: localDatetime({
    required: true,
    description: "When the meter was disengaged, New York wall-clock time.",
    aliases: [`${prefix}_dropoff_datetime`],
  }),
  passenger_count: integer({ description: "Passengers, as the driver entered it." }),
  trip_distance: decimal(12, 2, { description: "Distance by the taximeter, in miles." }),
  rate_code_id: integer({
    description: "Rate in force at the end of the trip.",
    aliases: ["RatecodeID"],
    values: { 1: "Standard rate", 2: "JFK", 3: "Newark", 4: "Nassau or Westchester", 5: "Negotiated fare", 6: "Group ride", 99: "Unknown" },
  }),
  store_and_fwd_flag: string({
    description: "Whether the record was held in the vehicle before it was sent.",
    values: { Y: "Store and forward", N: "Not store and forward" },
  }),
  pickup_zone_id: integer({ required: true, description: "Taxi zone where the meter was engaged.", aliases: ["PULocationID"] }),
  dropoff_zone_id: integer({ required: true, description: "Taxi zone where the meter was disengaged.", aliases: ["DOLocationID"] }),
  payment_type: integer({
    description: "How the passenger paid.",
    values: { 0: "Flex fare", 1: "Credit card", 2: "Cash", 3: "No charge", 4: "Dispute", 5: "Unknown", 6: "Voided trip" },
  }),
  fare_amount: money({ description: "Time-and-distance fare by the meter, US dollars." }),
  extra: money({ description: "Extras and surcharges, US dollars." }),
  mta_tax: money({ description: "MTA tax, US dollars." }),
  tip_amount: money({ description: "Tip by card, US dollars; cash tips are not recorded." }),
  tolls_amount: money({ description: "Tolls paid, US dollars." }),
  improvement_surcharge: money({ description: "Improvement surcharge, US dollars." }),
  total_amount: money({ required: true, description: "Total charged to the passenger without cash tips, US dollars." }),
  congestion_surcharge: money({ description: "New York State congestion surcharge, US dollars.", since: "2019-01" }),
});

/** Charge for the congestion relief zone, newer than all other columns. */
export const cbdCongestionFee: Column = money({ description: "MTA congestion relief zone charge, US dollars.", since: "2025-01" });

/** Where a trip began and ended, as keys of the table `zones`. */
export const zoneKeys: readonly ForeignKey[] = ["pickup_zone_id", "dropoff_zone_id"].map((column) => ({
  column,
  table: "zones",
  references: "zone_id",
}));

/** What the platform adds to every trip. */
export const tripSystemColumns: Record<string, Column> = {
  trip_id: string({
    required: true,
    description:
      "MD5, in hex, of service, file month and the delivered columns, with an ordinal among identical rows: it survives re-delivery.",
  }),
  file_month: date({
    required: true,
    description: "First day of the month of the file that delivered the row; not the month of the pickup.",
  }),
  _source_file: string({ required: true, description: "Name of the file that delivered the row." }),
  _load_id: string({ required: true, description: "Delivery, contract and ingest version that made the row: 16 hex digits." }),
  _warnings: string({
    required: true,
    description: "Names of the warn rules that the row breaks, sorted, separated by commas; empty if none.",
  }),
};

/** Rules on when a trip began, for every service. */
export const pickupRules: readonly Rule[] = [
  reject("pickup_far_from_file_month", "The pickup lies more than 31 days before or after the month of the file.", {
    kind: "within_days_of_file_month",
    column: "pickup_datetime",
    days: 31,
  }),
  warn("stray_pickup_month", "The pickup lies in another month than the file's.", { kind: "in_file_month", column: "pickup_datetime" }),
];

/** Rules on where a trip began and ended, and in which order, for every service. */
export const journeyRules: readonly Rule[] = [
  warn("pickup_zone_unknown", "The pickup zone is not one of the 263 on the map.", {
    kind: "between",
    column: "pickup_zone_id",
    min: 1,
    max: 263,
  }),
  warn("dropoff_zone_unknown", "The drop-off zone is not one of the 263 on the map.", {
    kind: "between",
    column: "dropoff_zone_id",
    min: 1,
    max: 263,
  }),
  warn("dropoff_before_pickup", "The drop-off lies before the pickup.", {
    kind: "not_before",
    column: "dropoff_datetime",
    other: "pickup_datetime",
  }),
];

/** Rules that yellow and green trips share. */
export const tripRules: readonly Rule[] = [
  ...pickupRules,
  warn("negative_fare", "The fare is below zero.", { kind: "at_least", column: "fare_amount", value: 0 }),
  warn("negative_total", "The total is below zero.", { kind: "at_least", column: "total_amount", value: 0 }),
  warn("zero_distance", "The distance is zero or below.", { kind: "more_than", column: "trip_distance", value: 0 }),
  ...journeyRules,
];
