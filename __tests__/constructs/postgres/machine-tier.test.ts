import { machineTier } from "../../../constructs/postgres/machine-tier";

test.each([
  ["db-f1-micro", 25],
  ["db-g1-small", 50],
  ["db-custom-1-3840", 100],
  ["db-custom-1-6144", 200],
  ["db-custom-2-7680", 400],
  ["db-custom-4-15360", 500],
  ["db-custom-96-638976", 1000],
])("%s allows %d connections", (tier, maxConnections) => {
  expect(machineTier(tier)).toMatchObject({ maxConnections });
});

test.each([
  ["f1-micro", /"f1-micro" must be db-f1-micro, db-g1-small or db-custom-<vCPUs>-<MiB>, e\.g\. db-custom-2-7680/],
  ["db-custom-0-3840", /must be db-f1-micro/],
  ["db-custom-3-7680", /must have 1 vCPU or an even number of them up to 96/],
  ["db-custom-98-638976", /up to 96/],
  ["db-custom-1-3584", /must have a multiple of 256 MiB, at least 3840/],
  ["db-custom-1-4000", /multiple of 256 MiB/],
  ["db-custom-1-7680", /0\.9 to 6\.5 GiB per vCPU: 922 to 6656 MiB for 1/],
  ["db-custom-8-3840", /7373 to 53248 MiB for 8/],
])("%s is refused", (tier, message) => {
  expect(() => machineTier(tier)).toThrow(message);
});
