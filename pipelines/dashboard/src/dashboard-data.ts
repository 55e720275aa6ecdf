/** Trips that began on one day. */
export interface DailyTrips {
  readonly service: string;
  /** `YYYY-MM-DD`, New York. */
  readonly date: string;
  readonly trips: number;
  /** US dollars, as all money here; null where the service's files hold no amounts, and so are fare and tip then. */
  readonly revenue: number | null;
  /** Sum of the fares; the tile that needs it is left out where it isn't given. */
  readonly fare?: number | null;
  /** Sum of the recorded tips; likewise. */
  readonly tip?: number | null;
}

/** What the trips that began in one zone brought in. */
export interface ZoneRevenue {
  readonly service: string;
  /** Null where the files don't say. */
  readonly zone_id: number | null;
  readonly zone: string;
  readonly borough: string;
  readonly revenue: number | null;
  readonly trips: number;
}

/** Trips by how they were paid; `payment_type` is null where the files don't say. */
export interface PaymentType {
  readonly service: string;
  readonly payment_type: number | null;
  readonly label: string;
  readonly trips: number;
  readonly revenue: number | null;
}

/** What became of the rows of one delivered file. */
export interface Delivery {
  readonly service: string;
  /** `YYYY-MM`, or the month's first day. */
  readonly file_month: string;
  readonly rows_read: number;
  readonly rows_accepted: number;
  readonly rows_warned: number;
  readonly rows_rejected: number;
  /** Rows by the warn rule they break. */
  readonly warnings: Readonly<Record<string, number>>;
  /** Rows by the reason of their rejection. */
  readonly rejections: Readonly<Record<string, number>>;
}

/** Everything the page shows; `python -m ingest export` writes it. */
export interface DashboardData {
  /** ISO instant. */
  readonly generatedAt: string;
  readonly environment: string;
  readonly synthetic: boolean;
  readonly source: { readonly kind: string; readonly location: string };
  readonly services: readonly string[];
  readonly dailyTrips: readonly DailyTrips[];
  readonly zoneRevenue: readonly ZoneRevenue[];
  readonly paymentTypes: readonly PaymentType[];
  readonly quality: readonly Delivery[];
}

/**
 * Reads the data that the export put into the page.
 *
 * @returns null where nothing was put in: the page is the bare template
 * @throws SyntaxError when the text isn't JSON
 */
export function readData(text: string): DashboardData | null {
  return text.trim() === "" ? null : (JSON.parse(text) as DashboardData);
}
