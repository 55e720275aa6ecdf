import type { Diagnosis } from "../../../operations/doctor/doctor";
import { conclusion } from "../../../scripts/operations/diagnosis-text";

const found: Diagnosis[] = [{ group: "machine", title: "Disk", why: "It fills.", status: "pass", found: "50 GiB free" }];

test("the doctor ends with counts, and with what isn't right or wrong: whether data may go", () => {
  expect(conclusion(found)).toBe("1 pass, 0 warn, 0 fail, 0 skipped");
  expect(conclusion(found, { name: "dev", allowsDataDeletion: true })).toMatch(/\ndev gives its data up: .*npm run destroy -- dev/);
  expect(conclusion(found, { name: "prod", allowsDataDeletion: false })).toMatch(
    /\nprod keeps its data: .* until allowsDataDeletion is true/,
  );
});
