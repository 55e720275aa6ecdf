import { instant, integer, string } from "../model/column";
import { event } from "../model/event";

/** A taxi zone, for joins: the topic is a table, whose newest record of each zone counts. */
export const zone = event("zone", {
  description: "A taxi zone, as the table zones has it.",
  fields: {
    zone_id: integer({ required: true, description: "Number of the zone, 1 to 265. Key of the event." }),
    borough: string({ description: "Borough of New York, EWR for Newark Airport, or Unknown." }),
    zone: string({ description: "Name of the zone." }),
    service_zone: string({ description: "Which taxis serve it: Yellow Zone, Boro Zone, Airports, EWR." }),
    produced_at: instant({ required: true, description: "When the event was sent." }),
  },
  key: "zone_id",
  time: "produced_at",
});
