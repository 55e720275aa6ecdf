import { date, integer, string } from "../model/column";
import { table } from "../model/table";

/** What BigQuery's jobs cost, kept for longer than the 180 days for which BigQuery itself knows it. Not landed: a scheduled query fills it. */
export const jobCosts = table("job_costs", {
  description: "One row per day, account and kind of job of BigQuery. USD on demand: bytes_billed / 2^40 * 6.25 (US list price).",
  columns: {
    day: date({ required: true, description: "Day on which the jobs were started, UTC." }),
    user_email: string({ required: true, description: "Account that started the jobs; empty where BigQuery hides it." }),
    job_type: string({ required: true, description: "QUERY, LOAD, EXTRACT or COPY." }),
    jobs: integer({ required: true, description: "Jobs; of a script the statements, not the script." }),
    failed_jobs: integer({ required: true, description: "Jobs that ended with an error." }),
    bytes_billed: integer({ required: true, description: "Bytes billed on demand." }),
    slot_ms: integer({ required: true, description: "Slot-milliseconds used." }),
  },
  primaryKey: ["day", "user_email", "job_type"],
});
