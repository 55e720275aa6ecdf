import { Construct } from "constructs";
import { googleMetrics } from "../monitoring/google-metrics";
import type { Monitoring } from "../monitoring/monitoring";
import type { ThresholdAlert } from "../monitoring/threshold-alert";
import type { CloudSqlPostgres } from "./cloud-sql-postgres";

const BYTES_PER_GIBIBYTE = 2 ** 30;
const ALARMING_SHARE = 0.8;

/**
 * Watches whether a Cloud SQL instance still has room, on its disk and for connections; and charts both.
 *
 * ### Cost
 * Two alerts, see the README of monitoring.
 */
export class CloudSqlWatch extends Construct {
  /** Fires when the disk has nearly grown to where it stops growing. */
  public readonly fullDisk: ThresholdAlert;

  /** Fires when nearly all connections are taken. */
  public readonly manyConnections: ThresholdAlert;

  constructor(monitoring: Monitoring, id: string, { instance, limits }: CloudSqlPostgres) {
    super(monitoring, id);
    const where = [`resource.label.database_id = "${monitoring.environment.projectId}:${instance.name}"`];
    const aggregation = { aligner: "ALIGN_MAX", periodMinutes: 5 } as const;
    this.fullDisk = monitoring.addAlert(`${id}-disk`, {
      title: "Postgres's disk is nearly full",
      severity: "ERROR",
      whatToDo:
        "At `postgres.cloudSql.maxDiskGibibytes` the disk stops growing, and Postgres refuses to write. Raise it, which costs by the GiB and can't be taken back; or drop months that nobody reads. A disk that grows within hours is a load that repeats: see its log.",
      metric: googleMetrics.sqlDiskBytes,
      where,
      aggregation,
      above: Math.round(limits.diskGibibytes * BYTES_PER_GIBIBYTE * ALARMING_SHARE),
      forMinutes: 15,
    });
    this.manyConnections = monitoring.addAlert(`${id}-connections`, {
      title: "Postgres has few connections left",
      whatToDo:
        "See who holds them: `select usename, state, count(*) from pg_stat_activity group by 1, 2`. Idle ones come from a client that doesn't close or pool them: end it. If all are at work, choose a `postgres.cloudSql.tier` with more memory, which allows more; that restarts the instance.",
      metric: googleMetrics.postgresConnections,
      where,
      aggregation,
      above: Math.round(limits.connections * ALARMING_SHARE),
      forMinutes: 5,
    });
    monitoring.addTile({ title: "Bytes on Postgres's disk", metric: googleMetrics.sqlDiskBytes, where, aggregation });
    monitoring.addTile({ title: "Connections to Postgres", metric: googleMetrics.postgresConnections, where, aggregation });
  }
}
