import { everyDay, meansOfSevenDays, paymentsByTrips, select, topZones, totals } from "../../../pipelines/dashboard/src/selection";
import { nothing, twoServices, withUnpaidService } from "./dashboard-fixture";

describe("selection", () => {
  test("a service's data is what carries its name", () => {
    const green = select(twoServices, "green");

    expect(green.services).toEqual(["green"]);
    expect(totals(green)).toMatchObject({ trips: 310, revenue: 3100, rowsRead: 310, rowsRejected: 0 });
  });

  test("without a choice everything is added up", () => {
    expect(totals(select(twoServices, null))).toMatchObject({ trips: 3410, revenue: 65_100, rowsWarned: 31, rowsRejected: 10 });
  });

  test("average fare and tip are unknown unless every day has them", () => {
    const [first, ...others] = twoServices.dailyTrips;
    const whole = twoServices.dailyTrips.map((day) => ({ ...day, fare: 2, tip: 1 }));

    expect(totals({ ...twoServices, dailyTrips: [{ ...first!, fare: 2 }, ...others] }).fare).toBeUndefined();
    expect(totals({ ...twoServices, dailyTrips: whole })).toMatchObject({ fare: 124, tip: 62 });
  });

  test("trips without amounts are counted, but not in averages, zones or payments' revenue", () => {
    expect(totals(withUnpaidService)).toMatchObject({ trips: 5410, paidTrips: 3410, revenue: 65_100, fare: 34_100, tip: 3410 });
    expect(topZones(withUnpaidService.zoneRevenue, 9)).toEqual(topZones(twoServices.zoneRevenue, 9));
    expect(paymentsByTrips(withUnpaidService.paymentTypes)).toContainEqual(
      expect.objectContaining({ label: "Not recorded", trips: 2100, revenue: 2000 }),
    );
    expect(totals(select(withUnpaidService, "fhv"))).toMatchObject({ trips: 2000, paidTrips: 0, fare: undefined });
  });

  test("days run from the first to the last without gaps, over a leap day too", () => {
    const days = ["2020-03-01", "2020-02-28"].map((date) => ({ service: "yellow", date, trips: 1, revenue: 1 }));

    expect(everyDay(days)).toEqual(["2020-02-28", "2020-02-29", "2020-03-01"]);
    expect(everyDay(nothing.dailyTrips)).toEqual([]);
  });

  test("the mean of seven days waits for seven days, and for days that have trips", () => {
    expect(meansOfSevenDays([1, 2, 3, 4, 5, 6, 7, 8, null, 10])).toEqual([null, null, null, null, null, null, 4, 5, null, null]);
  });

  test("a zone that both services serve counts once", () => {
    const both = [...twoServices.zoneRevenue, { ...twoServices.zoneRevenue[2]!, service: "yellow", revenue: 50_000, trips: 90 }];

    expect(topZones(both, 2)).toMatchObject([
      { zone: "East Harlem North", revenue: 53_100, trips: 400 },
      { zone: "JFK Airport", revenue: 42_000 },
    ]);
  });

  test("payments are sorted by trips", () => {
    expect(paymentsByTrips(twoServices.paymentTypes).map((payment) => payment.label)).toEqual(["Credit card", "Cash", "Not recorded"]);
  });
});
