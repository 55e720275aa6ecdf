import { z } from "zod";

/** BigQuery bills no query for less. */
const LEAST_BYTES_BILLED = 10_485_760;

/** How the pipelines deal with what goes wrong while nobody watches. */
export const pipelines = z.strictObject({
  retries: z
    .number()
    .int()
    .min(0, "0 or more")
    .max(10, "at most 10")
    .default(2)
    .describe(
      "How often a task is tried again that failed for no fault of its input: a network, a server, a lock. Bad input is never retried.",
    ),
  retrySeconds: z
    .number()
    .int()
    .min(0, "0 or more seconds")
    .max(3600, "at most an hour: 3600 seconds")
    .default(60)
    .describe("Seconds before the first retry; each further one waits twice as long, at most an hour."),
  freshnessDays: z
    .number()
    .int()
    .min(0, "0 or more days")
    .default(100)
    .describe(
      "Scheduled runs fail when a service's newest landed month ended more days ago; 0: they never do. The TLC publishes about two months later.",
    ),
  maximumBytesBilled: z
    .number()
    .int()
    .min(LEAST_BYTES_BILLED, `${String(LEAST_BYTES_BILLED)} bytes or more: BigQuery bills no query for less`)
    .default(107_374_182_400)
    .describe(
      "Bytes that one query of the pipelines on BigQuery may be billed for; one that would read more is refused before it costs anything. 100 GiB are about 0.60 USD.",
    ),
});
