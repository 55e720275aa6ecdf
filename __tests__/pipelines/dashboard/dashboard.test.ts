import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { buildDashboard } from "../../../pipelines/dashboard/build";
import type { DashboardData } from "../../../pipelines/dashboard/src/dashboard-data";
import { launchBrowser } from "./browser";
import { nothing, twoServices, withUnpaidService } from "./dashboard-fixture";

const ROOT = join(__dirname, "..", "..", "..");
const PLACE = '<script id="data" type="application/json"></script>';
const PHONE = { width: 360, height: 740 };

let folder: string;
let template: string;
let browser: Browser;

// The first time, a browser of 200 MB is unpacked.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "dashboard-"));
  await buildDashboard(ROOT, join(folder, "deep", "template.html"));
  template = readFileSync(join(folder, "deep", "template.html"), "utf8");
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Opens the page from disk; fails on whatever it complains of or asks the network for. */
async function open(
  data: DashboardData | string,
  options: BrowserContextOptions = {},
  check?: (page: Page) => Promise<void>,
): Promise<void> {
  const text =
    typeof data === "string" ? data : JSON.stringify(data).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const file = join(folder, "index.html");
  writeFileSync(
    file,
    template.replace(PLACE, () => PLACE.replace("></", `>${text}</`)),
  );
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const complaints: string[] = [];
  const requests: string[] = [];
  context.on("request", (request) => requests.push(request.url()));
  context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  context.on("weberror", (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await check?.(page);
  await context.close();
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
  expect(requests.filter((url) => url.startsWith("file:"))).toEqual([pathToFileURL(file).href]);
}

const tile = (page: Page, id: string): Promise<string> => page.locator(`[data-tile="${id}"] .value`).innerText();

/** Share of each canvas's pixels that something was drawn on. */
const inked = (page: Page): Promise<number[]> =>
  page.locator("canvas").evaluateAll((canvases) =>
    canvases.map((canvas: any) => {
      const pixels: Uint8ClampedArray = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      return pixels.filter((value, index) => index % 4 === 3 && value > 0).length / (pixels.length / 4);
    }),
  );

const background = async (page: Page): Promise<number[]> => {
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  return colour.match(/\d+/g)!.slice(0, 3).map(Number);
};

describe("dashboard", () => {
  test("the template has one place for the data", () => {
    expect(template.split(PLACE)).toHaveLength(2);
  });

  test("opens from disk: figures, three drawn charts, the quality of every delivery", async () => {
    await open(twoServices, {}, async (page) => {
      expect(await tile(page, "trips")).toBe("3,410");
      expect(await tile(page, "revenue")).toBe("$65,100");
      expect(await tile(page, "rejected")).toBe("10");
      expect(await page.locator("#facts").innerText()).toMatch(/dev[^]*1 Jan 2019 – 31 Jan 2019[^]*2 Jan 2026/);
      expect(await page.locator(".quality tbody tr").count()).toBe(2);
      expect(await page.locator(".quality").innerText()).toContain("Missing: pickup datetime 10");
      expect(await page.locator(".tile").count()).toBe(4);

      const drawn = await inked(page);
      expect(drawn).toHaveLength(3);
      expect(Math.min(...drawn)).toBeGreaterThan(0.01);
    });
  });

  test("average fare and tip are shown where the export has them", async () => {
    const dailyTrips = twoServices.dailyTrips.map((day) => ({ ...day, fare: day.trips * 12.5, tip: day.trips * 2 }));
    await open({ ...twoServices, dailyTrips }, {}, async (page) => {
      expect([await tile(page, "fare"), await tile(page, "tip")]).toEqual(["$12.50", "$2.00"]);
    });
  });

  test("a service without amounts is counted and spoils no average", async () => {
    await open(withUnpaidService, {}, async (page) => {
      expect([await tile(page, "trips"), await tile(page, "revenue"), await tile(page, "fare")]).toEqual(["5,410", "$65,100", "$10.00"]);
      await page.locator('[data-service="fhv"]').click();
      expect([await tile(page, "trips"), await tile(page, "revenue")]).toEqual(["2,000", "–"]);
      expect(await page.locator("#filter").innerText()).toContain("For-hire");
    });
  });

  test("the filter, by keyboard, changes figures, charts and quality", async () => {
    await open(twoServices, {}, async (page) => {
      const labels = (): Promise<(string | null)[]> =>
        page.locator("canvas").evaluateAll((canvases) => canvases.map((canvas) => canvas.getAttribute("aria-label")));
      const before = await labels();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");

      expect(await page.locator('[aria-pressed="true"]').innerText()).toBe("Green");
      expect(await tile(page, "trips")).toBe("310");
      expect(await tile(page, "warned")).toBe("0");
      expect(await page.locator(".quality tbody tr").count()).toBe(1);
      expect(await page.locator("#announcement").innerText()).toBe("Showing Green: 310 trips.");
      const after = await labels();
      expect(after.filter((label, index) => label === before[index])).toEqual([]);
      expect(after.join(" ")).toContain("East Harlem North leads with $3,100");

      await page.getByRole("button", { name: "All", exact: true }).click();
      expect(await labels()).toEqual(before);
    });
  });

  test("each chart has its figures as a table", async () => {
    await open(twoServices, {}, async (page) => {
      for (const card of ["trips-per-day", "payment-types", "revenue-by-zone"]) {
        await page.locator(`#${card} summary`).click();
      }
      expect(await page.locator("#trips-per-day tbody tr").count()).toBe(31);
      expect(await page.locator("#payment-types tbody").innerText()).toMatch(/Credit card\s+3,000\s+88\.0 %\s+\$60,000/);
      expect(await page.locator("#revenue-by-zone tbody tr").first().innerText()).toMatch(/JFK Airport\s+Queens\s+\$42,000\s+1,000/);
    });
  });

  test.each([
    ["light", 200, 255],
    ["dark", 0, 60],
  ] as const)("fits a phone in %s mode", async (colorScheme, darkest, brightest) => {
    await open(twoServices, { viewport: PHONE, colorScheme, isMobile: true }, async (page) => {
      const [width, canvases] = [await page.evaluate(() => document.documentElement.scrollWidth), await inked(page)];

      expect(width).toBe(PHONE.width);
      expect(Math.min(...canvases)).toBeGreaterThan(0.01);
      for (const channel of await background(page)) {
        expect(channel).toBeGreaterThanOrEqual(darkest);
        expect(channel).toBeLessThanOrEqual(brightest);
      }
    });
  });

  test.each(["light", "dark"] as const)("contrast in %s mode: text at least 4.5, marks at least 3", async (colorScheme) => {
    await open(twoServices, { colorScheme }, async (page) => {
      const colours: Record<string, string> = await page.evaluate(() => {
        const names = [...document.styleSheets].flatMap((sheet) =>
          [...sheet.cssRules].flatMap((rule) => (rule instanceof CSSStyleRule ? [...rule.style] : [])),
        );
        const styles = getComputedStyle(document.documentElement);
        return Object.fromEntries(
          names.filter((name) => name.startsWith("--")).map((name) => [name.slice(2), styles.getPropertyValue(name)]),
        );
      });
      const ratio = (a: string, b: string): number => contrast(colours[a]!, colours[b]!);
      const marks = Object.keys(colours).filter((name) => /^(service|borough)-|^payment$/.test(name));

      const texts = [...["ink", "muted"].flatMap((text) => [ratio(text, "surface"), ratio(text, "ground")])];
      texts.push(ratio("warned", "warned-ground"), ratio("rejected", "rejected-ground"));
      expect(Math.min(...texts)).toBeGreaterThanOrEqual(4.5);
      expect(marks.length).toBeGreaterThan(8);
      expect(marks.filter((mark) => ratio(mark, "surface") < 3)).toEqual([]);
    });
  });

  test("on paper it is black on white, with every delivery and without buttons", async () => {
    const quality = Array.from({ length: 12 }, (_, month) => ({
      ...twoServices.quality[0]!,
      file_month: `2019-${String(month + 1).padStart(2, "0")}`,
    }));
    await open({ ...twoServices, quality }, { colorScheme: "dark" }, async (page) => {
      const shown = (): Promise<number> => page.locator(".quality tbody tr:visible").count();
      expect(await shown()).toBe(8);
      await page.emulateMedia({ media: "print" });
      expect(await shown()).toBe(12);
      expect(await background(page)).toEqual([255, 255, 255]);
      expect(await page.locator("button:visible").allInnerTexts()).toEqual(["All"]);

      await page.emulateMedia({ media: "screen" });
      await page.getByRole("button", { name: "Show all 12 deliveries" }).click();
      expect(await shown()).toBe(12);
    });
  });

  test.each([true, false])("says so if the data is synthetic, and only then: %s", async (synthetic) => {
    await open({ ...twoServices, synthetic }, {}, async (page) => {
      expect(await page.getByText("Synthetic data").isVisible()).toBe(synthetic);
      expect((await page.title()).startsWith("Synthetic data")).toBe(synthetic);
    });
  });

  test("markup in the data stays text", async () => {
    const zone = `</script><img src="https://example.com/x.png" onerror="document.title='broken'">`;
    const zoneRevenue = [{ ...twoServices.zoneRevenue[0]!, zone }];
    await open({ ...twoServices, zoneRevenue }, {}, async (page) => {
      await page.locator("#revenue-by-zone summary").click();
      expect(await page.locator("#revenue-by-zone tbody th").innerText()).toBe(zone);
      expect(await page.title()).toBe("New York taxi trips");
      expect(await page.locator("img").count()).toBe(0);
    });
  });

  test("says what is missing instead of showing empty charts", async () => {
    await open(nothing, {}, async (page) => {
      expect(await page.locator(".card .empty").allInnerTexts()).toEqual([
        "No trips in the warehouse for this selection yet.",
        "No payments to show for this selection yet.",
        "No revenue to show for this selection yet.",
        "No deliveries are recorded for this selection yet.",
      ]);
      expect(await page.locator("canvas").count()).toBe(0);
      expect(await tile(page, "trips")).toBe("0");
    });
    await open("", {}, async (page) => {
      expect(await page.getByRole("alert").innerText()).toContain("This page holds no data yet");
    });
  });
});

/** WCAG's contrast of two colours written as #rrggbb. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const channel = parseInt(colour.trim().slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter! + 0.05) / (darker! + 0.05);
}
