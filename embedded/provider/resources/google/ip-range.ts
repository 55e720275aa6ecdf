/** A range of IPv4 addresses. */
export interface IpRange {
  /** First and last address, as numbers. */
  readonly first: number;
  readonly last: number;

  /** Second address, which Google keeps for the gateway. */
  readonly gateway: string;
}

/** Reads `10.10.0.0/20`; undefined for anything else. */
export function parseRange(text: string): IpRange | undefined {
  const [, address = "", length = "33"] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text) ?? [];
  const parts = address.split(".").map(Number);
  const prefix = Number(length);
  if (prefix > 32 || parts.some((part) => part > 255)) return undefined;
  const size = 2 ** (32 - prefix);
  const number = parts.reduce((sum, part) => sum * 256 + part, 0);
  const first = number - (number % size);
  return { first, last: first + size - 1, gateway: [24, 16, 8, 0].map((shift) => ((first + 1) >>> shift) & 255).join(".") };
}

/** Whether the later range leaves out an address of the former. */
export function shrinks(former: string, later: string): boolean {
  const [before, after] = [parseRange(former), parseRange(later)];
  return before !== undefined && after !== undefined && (after.first > before.first || after.last < before.last);
}
