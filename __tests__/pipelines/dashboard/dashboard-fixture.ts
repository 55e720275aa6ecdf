import type { DashboardData } from "../../../pipelines/dashboard/src/dashboard-data";

const JANUARY = Array.from({ length: 31 }, (_, index) => `2019-01-${String(index + 1).padStart(2, "0")}`);

/** Two services over one January: yellow has 3,100 trips for 62,000 dollars, green 310 for 3,100. */
export const twoServices: DashboardData = {
  generatedAt: "2026-01-02T03:04:05Z",
  environment: "dev",
  synthetic: false,
  source: { kind: "folder", location: "samples" },
  services: ["green", "yellow"],
  dailyTrips: [
    ...JANUARY.map((date) => ({ service: "yellow", date, trips: 100, revenue: 2000 })),
    ...JANUARY.map((date) => ({ service: "green", date, trips: 10, revenue: 100 })),
  ],
  zoneRevenue: [
    { service: "yellow", zone_id: 132, zone: "JFK Airport", borough: "Queens", revenue: 42_000, trips: 1000 },
    { service: "yellow", zone_id: 161, zone: "Midtown Center", borough: "Manhattan", revenue: 20_000, trips: 2100 },
    { service: "green", zone_id: 74, zone: "East Harlem North", borough: "Manhattan", revenue: 3100, trips: 310 },
  ],
  paymentTypes: [
    { service: "yellow", payment_type: 1, label: "Credit card", trips: 3000, revenue: 60_000 },
    { service: "yellow", payment_type: null, label: "Not recorded", trips: 100, revenue: 2000 },
    { service: "green", payment_type: 2, label: "Cash", trips: 310, revenue: 3100 },
  ],
  quality: [
    {
      service: "yellow",
      file_month: "2019-01",
      rows_read: 3110,
      rows_accepted: 3100,
      rows_warned: 31,
      rows_rejected: 10,
      warnings: { zero_distance: 31 },
      rejections: { "missing:pickup_datetime": 10 },
    },
    {
      service: "green",
      file_month: "2019-01",
      rows_read: 310,
      rows_accepted: 310,
      rows_warned: 0,
      rows_rejected: 0,
      warnings: {},
      rejections: {},
    },
  ],
};

/** The same and two days of for-hire vehicles, whose files hold no amounts and often no zone. */
export const withUnpaidService: DashboardData = {
  ...twoServices,
  services: ["fhv", ...twoServices.services],
  dailyTrips: [
    ...JANUARY.slice(0, 2).map((date) => ({ service: "fhv", date, trips: 1000, revenue: null, fare: null, tip: null })),
    ...twoServices.dailyTrips.map((day) => ({ ...day, fare: 550, tip: 55 })),
  ],
  zoneRevenue: [
    { service: "fhv", zone_id: null, zone: "Not recorded", borough: "Unknown", revenue: null, trips: 2000 },
    ...twoServices.zoneRevenue,
  ],
  paymentTypes: [{ service: "fhv", payment_type: null, label: "Not recorded", trips: 2000, revenue: null }, ...twoServices.paymentTypes],
};

/** What a deployment without any trips exports. */
export const nothing: DashboardData = { ...twoServices, services: [], dailyTrips: [], zoneRevenue: [], paymentTypes: [], quality: [] };
