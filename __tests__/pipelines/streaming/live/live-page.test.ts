import { request } from "node:http";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Bundle } from "../../../../pipelines/dashboard/bundle";
import { buildLivePage } from "../../../../pipelines/streaming/live/build";
import { LiveServer } from "../../../../pipelines/streaming/live/live-server";
import type { LiveState } from "../../../../pipelines/streaming/live/src/live-state";
import { launchBrowser } from "../../dashboard/browser";
import { empty, flowing } from "./live-fixture";

const ROOT = join(__dirname, "../../../..");
const PHONE = { width: 360, height: 740 };

let built: Bundle;
let browser: Browser;

// The first time, a browser of 200 MB is unpacked.
beforeAll(async () => {
  [built, browser] = await Promise.all([buildLivePage(ROOT), launchBrowser()]);
}, 120_000);
afterAll(() => browser.close());

/** Opens the page of a server that has told this; fails on whatever it complains of or asks others for. */
async function open(
  state: LiveState,
  options: BrowserContextOptions,
  check: (page: Page, server: LiveServer, address: string) => Promise<void>,
  expected: RegExp = /^$/,
): Promise<void> {
  const server = new LiveServer(built, 0);
  const address = await server.start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const [complaints, requests]: [string[], string[]] = [[], []];
  context.on("request", (asked) => requests.push(asked.url()));
  context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  context.on("weberror", (error) => complaints.push(String(error.error())));
  try {
    server.tell(state);
    const page = await context.newPage();
    await page.goto(address);
    await check(page, server, address);
  } finally {
    await context.close();
    await server.stop();
  }
  expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(address) && !url.startsWith("data:"))).toEqual([]);
}

const status = (page: Page, text: string) => page.locator("#status", { hasText: text }).waitFor();
const tile = (page: Page, id: string): Promise<string> => page.locator(`[data-tile="${id}"] .value`).innerText();

/** Share of the chart's pixels that something was drawn on. */
const inked = (page: Page): Promise<number> =>
  page.locator("canvas").evaluate((canvas: any) => {
    const pixels: Uint8ClampedArray = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels.filter((value, index) => index % 4 === 3 && value > 0).length / (pixels.length / 4);
  });

describe("live page", () => {
  test("shows figures, bars by borough, windows, lag, leaders and who is behind", async () => {
    await open(flowing, {}, async (page) => {
      await status(page, "Events flow");
      expect(await Promise.all(["rides", "updates", "p50", "p99", "lag"].map((id) => tile(page, id)))).toEqual([
        "4,600",
        "900",
        "120 ms",
        "1.9 s",
        "1,200",
      ]);
      expect(await inked(page)).toBeGreaterThan(0.01);
      const bars = page.locator("#zones li");
      expect(await bars.count()).toBe(3);
      expect(await bars.nth(0).innerText()).toMatch(/Upper East Side South\s+8,000/);
      const [first, second] = await page
        .locator("#zones .bar")
        .evaluateAll((all) => all.map((bar) => [bar.clientWidth, getComputedStyle(bar).backgroundColor]));
      expect(first![0]).toBeCloseTo(2 * Number(second![0]), -1);
      expect(first![1]).not.toBe(second![1]);
      expect(await page.locator("#window-table tbody tr").first().innerText()).toMatch(/2020-03-01 18:00\s+5,100\s+2\s+–/);
      expect(await page.locator("#groups tbody tr").last().innerText()).toMatch(/trips-streams\s+trips\.rides\s+1,200/);
      expect(await page.locator("#partitions .behind").allInnerTexts()).toEqual(["3 behind", "none", "3 behind"]);
      expect(await page.locator("#brokers").innerText()).toBe("Brokers 1, 2, 3");
    });
  });

  test("follows what is told, and says when nothing flows or the cluster is in trouble", async () => {
    await open(empty, {}, async (page, server) => {
      await status(page, "Nothing flows just now");
      expect(await page.locator(".empty").count()).toBe(3);
      server.tell(flowing);
      await status(page, "Events flow");
      expect(await tile(page, "lag")).toBe("1,200");
      server.tell({ ...flowing, trouble: "No broker answers at 127.0.0.1:9092 (connect ECONNREFUSED)." });
      await status(page, "No broker answers at 127.0.0.1:9092");
      expect(await page.locator("body.stale").count()).toBe(1);
      server.tell(flowing);
      await status(page, "Events flow");
      expect(await page.locator("body.stale").count()).toBe(0);
    });
  });

  test("says when its own server is gone, and goes on when it is there again", async () => {
    const gone = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/;
    await open(
      flowing,
      {},
      async (page, server, address) => {
        await status(page, "Events flow");
        await server.stop();
        await status(page, "The server of this page doesn't answer");
        const again = new LiveServer(built, Number(new URL(address).port));
        await again.start();
        again.tell({ ...flowing, brokers: [7] });
        await status(page, "Events flow");
        expect(await page.locator("#brokers").innerText()).toBe("Broker 7");
        await again.stop();
      },
      gone,
    );
  });

  test.each([
    ["light", 200, 255],
    ["dark", 0, 60],
  ] as const)("fits a phone in %s mode", async (colorScheme, darkest, brightest) => {
    await open(flowing, { viewport: PHONE, colorScheme, isMobile: true }, async (page) => {
      await status(page, "Events flow");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
      expect(await inked(page)).toBeGreaterThan(0.01);
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      for (const channel of ground.match(/\d+/g)!.slice(0, 3).map(Number)) {
        expect(channel).toBeGreaterThanOrEqual(darkest);
        expect(channel).toBeLessThanOrEqual(brightest);
      }
    });
  });

  test("follows the colour scheme while it is open", async () => {
    await open(flowing, { colorScheme: "light" }, async (page) => {
      await status(page, "Events flow");
      const colour = () =>
        page
          .locator("#zones .bar")
          .first()
          .evaluate((bar) => getComputedStyle(bar).backgroundColor);
      const before = await colour();
      await page.emulateMedia({ colorScheme: "dark" });
      await page.waitForFunction((was) => getComputedStyle(document.querySelector("#zones .bar")!).backgroundColor !== was, before);
      expect(await inked(page)).toBeGreaterThan(0.01);
    });
  });

  test("markup in what is told stays text", async () => {
    await open(flowing, {}, async (page) => {
      await status(page, "Events flow");
      expect(await page.locator("#zones .name").nth(2).innerText()).toContain("</script><img");
      expect(await page.locator("img").count()).toBe(0);
    });
  });
});

describe("live server", () => {
  const ask = (address: string, path: string, host?: string, method = "GET") =>
    new Promise<{ status?: number; headers: Record<string, unknown> }>((done, fail) => {
      const asked = request(`${address}${path}`, { method, ...(host !== undefined && { headers: { host } }) }, (response) => {
        done({ status: response.statusCode, headers: response.headers });
        response.destroy();
      });
      asked.on("error", fail);
      asked.end();
    });

  test("serves this machine's own names alone, and nothing else than the page", async () => {
    const server = new LiveServer(built, 0);
    const address = await server.start();
    const { port } = new URL(address);
    const statuses = await Promise.all([
      ask(address, ""),
      ask(address, "", `localhost:${port}`),
      ask(address, "", "evil.example"),
      ask(address, "events", `evil.example:${port}`),
      ask(address, "etc/passwd"),
      ask(address, "", undefined, "POST"),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 403, 403, 404, 405]);
    const policy = String(statuses[0].headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self';/);
    expect(policy).not.toContain("unsafe");
    await server.stop();
  });

  test("says what to do where the port is taken", async () => {
    const server = new LiveServer(built, 0);
    const { port } = new URL(await server.start());
    await expect(new LiveServer(built, Number(port)).start()).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken by another program`);
    await server.stop();
  });
});
