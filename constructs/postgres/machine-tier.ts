const MEBIBYTES_PER_GIBIBYTE = 1024;

/** Machines that share a core: for trying out, without Google's promise of availability. */
const sharedCore: Readonly<Record<string, MachineTier>> = {
  "db-f1-micro": { maxConnections: 25 },
  "db-g1-small": { maxConnections: 50 },
};

/** Connections that Cloud SQL allows by default, from as much memory on. */
const connectionsByGibibytes: readonly (readonly [gibibytes: number, connections: number])[] = [
  [120, 1000],
  [60, 800],
  [30, 600],
  [15, 500],
  [7.5, 400],
  [6, 200],
  [3.75, 100],
];

/** What is known of a machine of Cloud SQL's edition Enterprise. */
export interface MachineTier {
  /** What `max_connections` is by default. */
  readonly maxConnections: number;
}

/**
 * Reads `db-f1-micro`, `db-g1-small` or `db-custom-<vCPUs>-<MiB>`.
 *
 * @throws Error saying what is wrong with a tier that Cloud SQL's edition Enterprise doesn't have for Postgres.
 * @see https://cloud.google.com/sql/docs/postgres/create-instance#machine-types
 * @see https://cloud.google.com/sql/docs/postgres/flags#postgres-m
 */
export function machineTier(tier: string): MachineTier {
  const shared = sharedCore[tier];
  if (shared) return shared;
  const [, cpus = "", mebibytes = ""] = /^db-custom-(\d+)-(\d+)$/.exec(tier) ?? [];
  const problem = problemOf(Number(cpus), Number(mebibytes));
  if (problem !== undefined) throw new Error(`The tier "${tier}" ${problem}.`);
  const gibibytes = Number(mebibytes) / MEBIBYTES_PER_GIBIBYTE;
  const [, maxConnections = 100] = connectionsByGibibytes.find(([least]) => gibibytes >= least) ?? [];
  return { maxConnections };
}

function problemOf(cpus: number, mebibytes: number): string | undefined {
  if (cpus === 0) return "must be db-f1-micro, db-g1-small or db-custom-<vCPUs>-<MiB>, e.g. db-custom-2-7680 for 2 vCPUs with 7.5 GiB";
  if (cpus !== 1 && (cpus % 2 !== 0 || cpus > 96)) return "must have 1 vCPU or an even number of them up to 96";
  if (mebibytes % 256 !== 0 || mebibytes < 3840) return "must have a multiple of 256 MiB, at least 3840";
  const [least, most] = [0.9, 6.5].map((perCpu) => Math.round(cpus * perCpu * MEBIBYTES_PER_GIBIBYTE));
  const fits = mebibytes >= (least ?? 0) && mebibytes <= (most ?? 0);
  return fits ? undefined : `must have 0.9 to 6.5 GiB per vCPU: ${String(least)} to ${String(most)} MiB for ${String(cpus)}`;
}
