import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const ROOT = join(__dirname, "..", "..", "..");
const INSTALLED = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/** The tests run as any user, root in a container included, and no browser of theirs may talk to anybody. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless Chromium: the machine's own if it has one, else the one inside the npm package @sparticuz/chromium (Linux, x64). */
export async function launchBrowser(): Promise<Browser> {
  const installed = onPath();
  if (installed !== undefined) {
    return chromium.launch({ executablePath: installed, args: ARGUMENTS });
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `No Chromium on PATH (${INSTALLED.join(", ")}), and the bundled one is for Linux on x64, not ${process.platform} on ${process.arch}: install one.`,
    );
  }
  const folder = unpackBundled();
  const libraries = [process.env["LD_LIBRARY_PATH"], join(folder, "al2023", "lib")].filter(Boolean).join(delimiter);
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args: ARGUMENTS,
    // Its package has the few libraries (NSS, NSPR, …) and the font that a bare machine lacks.
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, "fonts") },
  });
}

function onPath(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return INSTALLED.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Unpacks the bundled browser once per version (200 MB); returns its folder. */
function unpackBundled(): string {
  // By its path: the package doesn't export its package.json.
  const { version } = JSON.parse(readFileSync(join(ROOT, "node_modules", "@sparticuz", "chromium", "package.json"), "utf8")) as {
    version: string;
  };
  const tools = join(ROOT, ".embedded", "tools");
  const folder = join(tools, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(tools, { recursive: true });
    const partial = mkdtempSync(join(tools, "chromium-"));
    // The package unpacks into the temporary folder, and takes a half-written file there for a whole one: so each gets a folder of its own.
    // Only under Lambda's name does it unpack its libraries.
    execFileSync("node", ["-e", "require('@sparticuz/chromium').executablePath()"], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: partial, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" },
    });
    // Its own points at Lambda's folders.
    writeFileSync(join(partial, "fonts", "fonts.conf"), `<fontconfig><dir>${join(folder, "fonts")}</dir></fontconfig>\n`);
    try {
      renameSync(partial, folder);
    } catch (error) {
      rmSync(partial, { recursive: true });
      if (!existsSync(folder)) {
        throw error;
      }
    }
  }
  return folder;
}
