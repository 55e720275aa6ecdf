import { instant, integer, localDatetime, money, string } from "../model/column";
import { event } from "../model/event";

/**
 * What the stream application says of a zone's hour: after every change, and once more when no late ride is accepted any more.
 *
 * On Kafka its key is `<zone>|<beginning of the window>`, such as `132|2019-03-01T17:00`.
 */
export const zoneHour = event("zone_hour", {
  description: "Pickups and revenue of a zone in a window of event time.",
  fields: {
    pickup_zone_id: integer({ required: true, description: "Taxi zone where the rides began." }),
    borough: string({ description: "Its borough; null where the zone is unknown." }),
    zone: string({ description: "Its name; null where the zone is unknown." }),
    window_start: localDatetime({ required: true, description: "Beginning of the window, New York wall-clock time; belongs to it." }),
    window_end: localDatetime({ required: true, description: "End of the window, New York wall-clock time; doesn't belong to it." }),
    pickups: integer({ required: true, description: "Rides that began in the zone and the window, each counted once." }),
    revenue: money({ required: true, description: "Sum of their total_amount, US dollars; a ride without one adds nothing." }),
    ride_produced_at: instant({ required: true, description: "When the newest of these rides was sent: latency is measured from here." }),
    updated_at: instant({ required: true, description: "When this was computed." }),
  },
  key: "pickup_zone_id",
  time: "window_start",
});
