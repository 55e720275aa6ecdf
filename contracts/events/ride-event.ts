import { instant, integer, localDatetime, money, string } from "../model/column";
import { event } from "../model/event";

/**
 * A ride as the meter reports it, and the mark that ends a replay.
 *
 * Both are one record, since a Pub/Sub topic has one schema, and a Kafka topic is read by programs that expect one. The mark goes to every
 * partition: it carries zone 0, and a time so late that stream time passes the end of every open window and its grace.
 */
export const rideEvent = event("ride_event", {
  description: "A ride of a taxi, sent when it ended; or the mark that a replay is over.",
  fields: {
    event_id: string({
      required: true,
      description: "The trip's trip_id: the same ride sent twice has the same id. Of a mark: the replay's id and the partition.",
    }),
    event_type: string({
      required: true,
      description: "What the event is.",
      values: { ride: "A ride", end_of_replay: "Nothing follows in this partition: windows may be closed" },
    }),
    service: string({ required: true, description: "The service: yellow or green. Of a mark: empty." }),
    pickup_zone_id: integer({ required: true, description: "Taxi zone where the ride began; 0 of a mark. Key of the event." }),
    dropoff_zone_id: integer({ description: "Taxi zone where the ride ended; null of a mark." }),
    pickup_datetime: localDatetime({
      required: true,
      description: "When the ride began, New York wall-clock time: the event's time. Of a mark: later than every window's end and grace.",
    }),
    dropoff_datetime: localDatetime({ description: "When the ride ended, New York wall-clock time; null of a mark." }),
    fare_amount: money({ description: "Time-and-distance fare by the meter, US dollars; null of a mark." }),
    total_amount: money({ description: "Total charged without cash tips, US dollars; null of a mark." }),
    produced_at: instant({ required: true, description: "When the event was sent: latency is measured from here." }),
  },
  key: "pickup_zone_id",
  time: "pickup_datetime",
});
