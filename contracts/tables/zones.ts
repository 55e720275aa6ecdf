import { integer, string } from "../model/column";
import { table } from "../model/table";
import { tripSystemColumns } from "./trip-columns";

/** The TLC's taxi zones: small, without months, replaced as a whole. */
export const zones = table("zones", {
  description: "One row per taxi zone; 264 and 265 stand for unknown places.",
  service: "zones",
  columns: {
    zone_id: integer({ required: true, description: "Number of the zone, 1 to 265.", aliases: ["LocationID"] }),
    borough: string({ description: "Borough of New York, EWR for Newark Airport, or Unknown." }),
    zone: string({ description: "Name of the zone." }),
    service_zone: string({ description: "Which taxis serve it: Yellow Zone, Boro Zone, Airports, EWR." }),
  },
  systemColumns: pick("_source_file", "_load_id"),
  primaryKey: ["zone_id"],
});

function pick(...names: string[]) {
  return Object.fromEntries(Object.entries(tripSystemColumns).filter(([name]) => names.includes(name)));
}
