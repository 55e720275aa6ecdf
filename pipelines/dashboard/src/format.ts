const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const shortDollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", notation: "compact", maximumFractionDigits: 1 });
// Dates carry no time zone: read and written as UTC they stay the day they are.
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** `180,000` */
export const formatCount = (count: number): string => whole.format(count);
/** `1.2M` */
export const formatShortCount = (count: number): string => short.format(count);
/** `$3,379,041` */
export const formatDollars = (amount: number): string => dollars.format(amount);
/** `$3,379,041`, or a dash where the amount isn't known. */
export const formatAmount = (amount: number | null): string => (amount === null ? "–" : formatDollars(amount));
/** `$18.77` */
export const formatCents = (amount: number): string => cents.format(amount);
/** `$1.2M` */
export const formatShortDollars = (amount: number): string => shortDollars.format(amount);
/** `5 Apr 2019` of `2019-04-05` */
export const formatDay = (date: string): string => day.format(new Date(date));
/** `Friday 5 April 2019` of `2019-04-05` */
export const formatWeekday = (date: string): string => weekday.format(new Date(date));
/** `Apr 2019` of `2019-04` or `2019-04-05` */
export const formatMonth = (date: string): string => month.format(new Date(date.slice(0, 7)));
/** `5 Apr 2019, 10:15` of an instant, in the reader's time zone */
export const formatMoment = (instant: string): string => moment.format(new Date(instant));
/** `12.3 %`; a share that is there but would show as nothing is `< 0.1 %`. */
export function formatShare(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  return percent > 0 && percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
}
/** `Pickup zone unknown` of `pickup_zone_unknown` */
export function formatRule(rule: string): string {
  const words = rule.replace(/_/g, " ").replace(/:/g, ": ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
const serviceNames: Readonly<Record<string, string>> = { fhv: "For-hire", fhvhv: "High-volume for-hire" };

/** `Yellow` of `yellow`, `For-hire` of `fhv` */
export const formatService = (service: string): string => serviceNames[service] ?? service.charAt(0).toUpperCase() + service.slice(1);
