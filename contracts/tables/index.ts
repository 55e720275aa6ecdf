import type { Table } from "../model/table";
import { fhvTrips } from "./fhv-trips";
import { fhvhvTrips } from "./fhvhv-trips";
import { greenTrips } from "./green-trips";
import { loadReceipts } from "./load-receipts";
import { yellowTrips } from "./yellow-trips";
import { zones } from "./zones";

export { fhvTrips, fhvhvTrips, greenTrips, loadReceipts, yellowTrips, zones };

/** Every table that the platform lands. */
export const landedTables: readonly Table[] = [yellowTrips, greenTrips, fhvTrips, fhvhvTrips, zones, loadReceipts];

/** Tables filled by one file per month. */
export const tripTables: readonly (Table & { readonly service: string })[] = landedTables.filter(
  (table): table is Table & { readonly service: string } => table.service !== undefined && table.partitionBy !== undefined,
);

/** Services that a run takes when it isn't told which: the taxis. The for-hire services are loaded when asked for, fhvhv being 20 times as large. */
export const defaultServices: readonly string[] = ["yellow", "green"];
