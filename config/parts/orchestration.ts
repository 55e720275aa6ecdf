import { z } from "zod";

/** Airflow in the cloud. */
export const orchestration = z.strictObject({});
