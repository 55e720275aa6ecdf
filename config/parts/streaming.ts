import { z } from "zod";

/** Kafka on machines of its own, or Pub/Sub. */
export const streaming = z.strictObject({});
