import { z } from "zod";
import { kafka } from "./kafka";
import { pubsub } from "./pubsub";

/** Rides as they happen. */
export const streaming = z.strictObject({
  kind: z
    .enum(["kafka", "pubsub", "none"])
    .default("none")
    .describe(
      "What carries ride events: Kafka on machines of our own costs from about 32 USD a month for each broker, a third of it where they are off at night; Pub/Sub costs by what goes through it; none nothing.",
    ),
  kafka: kafka.prefault({}).describe("The brokers, where kind is kafka."),
  pubsub: pubsub.prefault({}).describe("Topics and subscriptions, where kind is pubsub."),
});
