import type { Event } from "../model/event";
import { rideEvent } from "./ride-event";

export { rideEvent };

/** Every kind of event that streams. */
export const streamedEvents: readonly Event[] = [rideEvent];
