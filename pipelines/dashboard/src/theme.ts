/** The colours of the charts, taken from the style sheet, so that light, dark and print are decided in one place. */
export interface Theme {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly payment: string;
  /** Colour of a service's series. */
  service(name: string): string;
  /** Colour of a borough's bars. */
  borough(name: string): string;
}

/** The theme in force; ask again when the colour scheme changes. */
export function currentTheme(): Theme {
  const styles = getComputedStyle(document.documentElement);
  const colour = (name: string, otherwise = "other"): string =>
    styles.getPropertyValue(`--${name}`).trim() || styles.getPropertyValue(`--${otherwise}`).trim();
  return {
    ink: colour("ink"),
    muted: colour("muted"),
    line: colour("line"),
    surface: colour("surface"),
    payment: colour("payment"),
    service: (name) => colour(`service-${name}`, "service-other"),
    borough: (name) => colour(`borough-${name.toLowerCase().replace(/[^a-z]+/g, "-")}`, "borough-other"),
  };
}
