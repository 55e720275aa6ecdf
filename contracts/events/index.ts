import type { Event } from "../model/event";
import { rideEvent } from "./ride-event";
import { zone } from "./zone";
import { zoneHour } from "./zone-hour";

export { rideEvent, zone, zoneHour };

/** Every kind of event that streams. */
export const streamedEvents: readonly Event[] = [rideEvent, zone, zoneHour];

/** Those that Pub/Sub may carry in place of Kafka: what is computed from them, and tables for joins, are Kafka's alone. */
export const pubSubEvents: readonly Event[] = [rideEvent];
