import type { YearMonth } from "./model/column";

/**
 * A period during which a service's files had the same columns of the same types.
 *
 * The TLC rewrote nearly all of its older files as Parquet in June and July 2022, so that an era says what one gets today, not what was
 * published at the time; until then months came as CSV, where every value is text.
 */
export interface Era {
  readonly service: string;

  /** First file month. */
  readonly from: YearMonth;

  /** Last file month; null: still so. */
  readonly to: YearMonth | null;

  readonly format: "parquet" | "csv";

  /** Name of each column in the file, and its Arrow type; `null`: the file has the column, but not one value in it. */
  readonly columns: Readonly<Record<string, string>>;

  /** Columns that the contract doesn't know: kept in raw, reported in the receipt's notes. @default [] */
  readonly unknown?: readonly string[];

  /** Why ingest refuses the era's files. @default - it reads them */
  readonly refused?: string;
}

// Names per month, 2009 to 2024: read from the files, https://github.com/lykmapipo/NYC-TLC-Trip-Data/tree/main/data/trips-metadata
// Meanings, and that Parquet took CSV's place in May 2022: https://www.nyc.gov/site/tlc/about/tlc-trip-record-data.page and
// https://github.com/toddwschneider/nyc-taxi-data/pull/54
// That old months lost coordinates and gained zones, airport_fee and congestion_surcharge when they were rewritten as Parquet:
// https://github.com/xhochy/nyc-taxi-fare-prediction-deployment-example/issues/2
// Types of 2019-01 to 2026-08: a survey of the footers of consecutive files, https://d37ci6vzurychx.cloudfront.net/trip-data/…; those of
// earlier months are the oldest surveyed ones carried back, those of 2009 and 2010 and the CSV columns of fhv are not verified against
// the files. Where an empty column's type flickers from month to month (airport_fee in 2020-10, fhv's zones in 2019-05 and 2020-07) the
// era has what most of its months have: both are read alike.

/** `names` with one type. */
const all = (type: string, names: string): Record<string, string> => Object.fromEntries(names.split(" ").map((name) => [name, type]));

const oldYellowMoney = all("double", "fare_amount surcharge mta_tax tip_amount tolls_amount total_amount");

const taxiMoney = all("double", "fare_amount extra mta_tax tip_amount tolls_amount improvement_surcharge total_amount");

/** Taxi columns up to 2023-01 (`wide`: written by pandas, which makes a whole number that is missing somewhere a double) and since. */
const yellow = (wide: boolean, more: Record<string, string>): Record<string, string> => ({
  VendorID: wide ? "int64" : "int32",
  ...all("timestamp[us]", "tpep_pickup_datetime tpep_dropoff_datetime"),
  passenger_count: wide ? "double" : "int64",
  trip_distance: "double",
  RatecodeID: wide ? "double" : "int64",
  store_and_fwd_flag: wide ? "string" : "large_string",
  ...all(wide ? "int64" : "int32", "PULocationID DOLocationID"),
  payment_type: "int64",
  ...taxiMoney,
  ...more,
});

const green = (wide: boolean, ehailFee: string, more: Record<string, string> = {}): Record<string, string> => ({
  VendorID: wide ? "int64" : "int32",
  ...all("timestamp[us]", "lpep_pickup_datetime lpep_dropoff_datetime"),
  store_and_fwd_flag: wide ? "string" : "large_string",
  RatecodeID: wide ? "double" : "int64",
  ...all(wide ? "int64" : "int32", "PULocationID DOLocationID"),
  passenger_count: wide ? "double" : "int64",
  trip_distance: "double",
  ...taxiMoney,
  ehail_fee: ehailFee,
  payment_type: wide ? "double" : "int64",
  trip_type: wide ? "double" : "int64",
  congestion_surcharge: "double",
  ...more,
});

const fhv = (text: string, zones: string, flag: string): Record<string, string> => ({
  dispatching_base_num: text,
  ...all("timestamp[us]", "pickup_datetime dropOff_datetime"),
  ...all(zones, "PUlocationID DOlocationID"),
  SR_Flag: flag,
  Affiliated_base_number: text,
});

const fhvhv = (text: string, zones: string, wavMatch: string, airportFee: string, more: Record<string, string> = {}) => ({
  ...all(text, "hvfhs_license_num dispatching_base_num originating_base_num"),
  ...all("timestamp[us]", "request_datetime on_scene_datetime pickup_datetime dropoff_datetime"),
  ...all(zones, "PULocationID DOLocationID"),
  trip_miles: "double",
  trip_time: "int64",
  ...all("double", "base_passenger_fare tolls bcf sales_tax congestion_surcharge"),
  airport_fee: airportFee,
  ...all("double", "tips driver_pay"),
  ...all(text, "shared_request_flag shared_match_flag access_a_ride_flag wav_request_flag"),
  wav_match_flag: wavMatch,
  ...more,
});

const NO_ZONES = "these months have coordinates in place of taxi zones, which the contract requires";
const fees = all("double", "congestion_surcharge Airport_fee");
const cbd = { cbd_congestion_fee: "double" };
const requestSource = { request_source: "large_string" };

/** Every era of every service, oldest first within a service. */
export const eras: readonly Era[] = [
  {
    service: "yellow",
    from: "2009-01",
    to: "2009-12",
    format: "parquet",
    refused: NO_ZONES,
    columns: {
      ...all("string", "vendor_name Trip_Pickup_DateTime Trip_Dropoff_DateTime"),
      Passenger_Count: "int64",
      ...all("double", "Trip_Distance Start_Lon Start_Lat Rate_Code store_and_forward End_Lon End_Lat"),
      Payment_Type: "string",
      ...all("double", "Fare_Amt surcharge mta_tax Tip_Amt Tolls_Amt Total_Amt"),
    },
  },
  {
    service: "yellow",
    from: "2010-01",
    to: "2010-12",
    format: "parquet",
    refused: NO_ZONES,
    columns: {
      ...all("string", "vendor_id pickup_datetime dropoff_datetime"),
      passenger_count: "int64",
      ...all("double", "trip_distance pickup_longitude pickup_latitude"),
      ...all("string", "rate_code store_and_fwd_flag"),
      ...all("double", "dropoff_longitude dropoff_latitude"),
      payment_type: "string",
      ...oldYellowMoney,
    },
  },
  {
    service: "yellow",
    from: "2011-01",
    to: "2018-12",
    format: "parquet",
    columns: yellow(true, all("null", "congestion_surcharge airport_fee")),
  },
  {
    // What the months of 2019 looked like when they were published, two months after their end.
    service: "yellow",
    from: "2019-01",
    to: "2019-12",
    format: "csv",
    columns: all("string", [...Object.keys(yellow(true, {})), "congestion_surcharge"].join(" ")),
  },
  {
    service: "yellow",
    from: "2019-01",
    to: "2020-07",
    format: "parquet",
    columns: yellow(true, { congestion_surcharge: "double", airport_fee: "null" }),
  },
  {
    service: "yellow",
    from: "2020-08",
    to: "2023-01",
    format: "parquet",
    columns: yellow(true, all("double", "congestion_surcharge airport_fee")),
  },
  { service: "yellow", from: "2023-02", to: "2024-12", format: "parquet", columns: yellow(false, fees) },
  { service: "yellow", from: "2025-01", to: "2026-05", format: "parquet", columns: yellow(false, { ...fees, ...cbd }) },
  {
    service: "yellow",
    from: "2026-06",
    to: null,
    format: "parquet",
    columns: yellow(false, { ...fees, ...cbd, ...requestSource }),
    unknown: ["request_source"],
  },
  { service: "green", from: "2014-01", to: "2019-08", format: "parquet", columns: green(true, "double") },
  { service: "green", from: "2019-09", to: "2023-01", format: "parquet", columns: green(true, "null") },
  { service: "green", from: "2023-02", to: "2024-12", format: "parquet", columns: green(false, "double") },
  { service: "green", from: "2025-01", to: "2026-05", format: "parquet", columns: green(false, "double", cbd) },
  {
    service: "green",
    from: "2026-06",
    to: null,
    format: "parquet",
    columns: green(false, "double", { ...cbd, ...requestSource }),
    unknown: ["request_source"],
  },
  {
    // As published at the time, before the end of the trip and its zone were asked for.
    service: "fhv",
    from: "2015-01",
    to: "2016-12",
    format: "csv",
    columns: all("string", "Dispatching_base_num Pickup_date locationID"),
  },
  { service: "fhv", from: "2015-01", to: "2019-02", format: "parquet", columns: fhv("string", "double", "double") },
  { service: "fhv", from: "2019-03", to: "2023-01", format: "parquet", columns: fhv("string", "double", "null") },
  { service: "fhv", from: "2023-02", to: null, format: "parquet", columns: fhv("large_string", "int64", "int64") },
  { service: "fhvhv", from: "2019-02", to: "2019-03", format: "parquet", columns: fhvhv("string", "int64", "null", "null") },
  { service: "fhvhv", from: "2019-04", to: "2019-06", format: "parquet", columns: fhvhv("string", "int64", "string", "null") },
  { service: "fhvhv", from: "2019-07", to: "2023-01", format: "parquet", columns: fhvhv("string", "int64", "string", "double") },
  {
    service: "fhvhv",
    from: "2023-02",
    to: "2024-12",
    format: "parquet",
    columns: fhvhv("large_string", "int32", "large_string", "double"),
  },
  {
    service: "fhvhv",
    from: "2025-01",
    to: null,
    format: "parquet",
    columns: fhvhv("large_string", "int32", "large_string", "double", cbd),
  },
];
