import { z } from "zod";

/** Spark on Dataproc. */
export const spark = z.strictObject({});
