import { streamReport } from "../../../scripts/streaming/stream-report";

const streamed = {
  month: "2020-03",
  services: ["yellow", "green"],
  unchanged: false,
  equal: true,
  pickups: 12_345,
  zoneHours: 6_789,
  differences: [],
};

test("says what was streamed, and that it is the batch's answer", () => {
  expect(streamReport(streamed)).toBe("yellow and green 2020-03: 12,345 rides, 6,789 hours of zones, equal to fct_trips");
});

test("says so of an earlier run's answer", () => {
  expect(streamReport({ ...streamed, unchanged: true })).toMatch(/equal to fct_trips \(streamed earlier; unchanged\)$/);
});

test("names differences", () => {
  expect(streamReport({ ...streamed, equal: false, differences: ["7|…: one", "8|…: two"] })).toMatch(
    /they DIFFER from fct_trips: 7\|…: one; 8\|…: two$/,
  );
});
