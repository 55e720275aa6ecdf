import { jobCosts } from "../../contracts/tables/job-costs";

/** Days that are counted again by each run: what a failed run left out, the next ones add. */
const DAYS = 7;

const key = jobCosts.primaryKey;
const counts = jobCosts.columns.map(({ name }) => name).filter((name) => !key.includes(name));
const columns = [...key, ...counts];

/**
 * GoogleSQL that brings `job_costs` up to the day before `@run_date`. It may run any number of times: a day that is there is counted anew. Like
 * the contracts' rules it keeps to what DuckDB reads alike, so that a test can run it.
 *
 * @param target Full name of the table, as the query writes it.
 * @param jobs Full name of INFORMATION_SCHEMA.JOBS, as the query writes it; it is partitioned by creation_time.
 */
export const jobCostsQuery = (target: string, jobs: string): string => `
MERGE INTO ${target} AS kept
USING (
  SELECT
    CAST(creation_time AS DATE) AS day,
    COALESCE(user_email, '') AS user_email,
    job_type,
    COUNT(*) AS jobs,
    COUNTIF(error_result IS NOT NULL) AS failed_jobs,
    COALESCE(SUM(total_bytes_billed), 0) AS bytes_billed,
    COALESCE(SUM(total_slot_ms), 0) AS slot_ms
  FROM ${jobs}
  WHERE creation_time >= CAST(@run_date - INTERVAL ${String(DAYS)} DAY AS TIMESTAMP)
    AND creation_time < CAST(@run_date AS TIMESTAMP)
    -- A script's own row sums up its statements, which have rows of their own.
    AND COALESCE(statement_type, '') != 'SCRIPT'
  GROUP BY 1, 2, 3
) AS counted
ON ${key.map((name) => `kept.${name} = counted.${name}`).join(" AND ")}
WHEN MATCHED THEN UPDATE SET ${counts.map((name) => `${name} = counted.${name}`).join(", ")}
WHEN NOT MATCHED THEN INSERT (${columns.join(", ")}) VALUES (${columns.map((name) => `counted.${name}`).join(", ")})
`;
