import type { DailyTrips, DashboardData, Delivery, PaymentType, ZoneRevenue } from "./dashboard-data";

/** The service shown, or null for all of them. */
export type Service = string | null;

/** The data of one service, or all of it. */
export function select(data: DashboardData, service: Service): DashboardData {
  const only = <Row extends { readonly service: string }>(rows: readonly Row[]): readonly Row[] =>
    service === null ? rows : rows.filter((row) => row.service === service);
  return {
    ...data,
    services: data.services.filter((name) => service === null || name === service),
    dailyTrips: only(data.dailyTrips),
    zoneRevenue: only(data.zoneRevenue),
    paymentTypes: only(data.paymentTypes),
    quality: only(data.quality),
  };
}

/** The figures of the tiles. */
export interface Totals {
  readonly trips: number;
  /** Trips whose amounts are known: those that revenue, fare and tip are of. */
  readonly paidTrips: number;
  readonly revenue: number;
  /** Undefined where the export gave no fares. */
  readonly fare?: number;
  readonly tip?: number;
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rowsWarned: number;
  readonly rowsRejected: number;
}

/** Adds up what is selected. */
export function totals({ dailyTrips, quality }: DashboardData): Totals {
  const paid = dailyTrips.filter((day) => day.revenue !== null);
  return {
    trips: sum(dailyTrips, (day) => day.trips),
    paidTrips: sum(paid, (day) => day.trips),
    revenue: sum(paid, (day) => day.revenue ?? 0),
    fare: sumIfGiven(paid, (day) => day.fare ?? undefined),
    tip: sumIfGiven(paid, (day) => day.tip ?? undefined),
    rowsRead: sum(quality, (delivery) => delivery.rows_read),
    rowsAccepted: sum(quality, (delivery) => delivery.rows_accepted),
    rowsWarned: sum(quality, (delivery) => delivery.rows_warned),
    rowsRejected: sum(quality, (delivery) => delivery.rows_rejected),
  };
}

/** Every day from the first to the last, without gaps, as `YYYY-MM-DD`. */
export function everyDay(dailyTrips: readonly DailyTrips[]): string[] {
  const dates = dailyTrips.map((day) => day.date).sort();
  const [first, last] = [dates[0], dates[dates.length - 1]];
  const days: string[] = [];
  if (first === undefined || last === undefined) {
    return days;
  }
  for (const day = new Date(first); day <= new Date(last); day.setUTCDate(day.getUTCDate() + 1)) {
    days.push(day.toISOString().slice(0, 10));
  }
  return days;
}

/** For each day the mean of the seven that end with it; null while one of them has no trips to count. */
export function meansOfSevenDays(trips: readonly (number | null)[]): (number | null)[] {
  return trips.map((_, index) => {
    const week = trips.slice(Math.max(0, index - 6), index + 1).filter((count) => count !== null);
    return week.length < 7 ? null : Math.round(sum(week, (count) => count) / 7);
  });
}

/** A zone whose revenue is known. */
export type PaidZone = ZoneRevenue & { readonly revenue: number };

/** Zones by revenue, the richest first; services added up, but those without amounts. */
export function topZones(zoneRevenue: readonly ZoneRevenue[], count: number): PaidZone[] {
  const paid = zoneRevenue.flatMap((zone) => (zone.revenue === null ? [] : [{ ...zone, revenue: zone.revenue }]));
  return addUp(paid, (zone) => zone.zone_id)
    .sort((a, b) => b.revenue - a.revenue)
    .slice(0, count);
}

/** Payment types by trips, the most frequent first; services added up. */
export function paymentsByTrips(paymentTypes: readonly PaymentType[]): PaymentType[] {
  return addUp(paymentTypes, (payment) => payment.label).sort((a, b) => b.trips - a.trips);
}

/** Deliveries by month, the newest first, then by service. */
export function newestFirst(quality: readonly Delivery[]): Delivery[] {
  return [...quality].sort((a, b) => b.file_month.localeCompare(a.file_month) || a.service.localeCompare(b.service));
}

/** Adds numbers up. */
export function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function sumIfGiven(rows: readonly DailyTrips[], of: (row: DailyTrips) => number | undefined): number | undefined {
  return rows.length > 0 && rows.every((row) => of(row) !== undefined) ? sum(rows, (row) => of(row) ?? 0) : undefined;
}

function addUp<Row extends { readonly trips: number; readonly revenue: number | null }>(
  rows: readonly Row[],
  key: (row: Row) => unknown,
): Row[] {
  const added = new Map<unknown, Row>();
  for (const row of rows) {
    const before = added.get(key(row));
    added.set(key(row), before ? { ...before, trips: before.trips + row.trips, revenue: addAmounts(before.revenue, row.revenue) } : row);
  }
  return [...added.values()];
}

/** What is known of two amounts together; null where neither is known. */
const addAmounts = (a: number | null, b: number | null): number | null => (a === null ? b : a + (b ?? 0));
