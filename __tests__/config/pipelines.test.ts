import { environmentFile } from "../../config/schema";

const pipelines = (given?: object) => environmentFile.safeParse({ pipelines: given });

test("by default a task is tried again, scheduled runs watch the age of the data, and no query reads more than 100 GiB", () => {
  expect(pipelines().data?.pipelines).toEqual({ retries: 2, retrySeconds: 60, freshnessDays: 100, maximumBytesBilled: 100 * 2 ** 30 });
});

test.each([
  [{ retries: -1 }, "0 or more"],
  [{ retries: 11 }, "at most 10"],
  [{ retrySeconds: 3601 }, "at most an hour"],
  [{ freshnessDays: -1 }, "0 or more days"],
])("%j is refused: %s", (given, message) => {
  expect(pipelines(given).error?.issues.map((issue) => issue.message)).toEqual([expect.stringContaining(message)]);
});
