import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import type { Theme } from "../theme";

// Only what the page draws with, so that only that is bundled.
Chart.register(BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

/** Gives every chart made from now on the theme's colours and the page's manners. */
export function applyDefaults(theme: Theme): void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || matchMedia("print").matches;
  const { defaults } = Chart;
  defaults.responsive = true;
  defaults.maintainAspectRatio = false;
  defaults.animation = still ? false : { duration: 350 };
  defaults.color = theme.muted;
  defaults.borderColor = theme.line;
  defaults.font.family = getComputedStyle(document.body).fontFamily;
  defaults.font.size = 12;
  Object.assign(defaults.plugins.tooltip, {
    backgroundColor: theme.ink,
    titleColor: theme.surface,
    bodyColor: theme.surface,
    padding: 10,
    cornerRadius: 8,
    boxPadding: 4,
  });
}
