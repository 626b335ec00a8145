import * as l10n from "@vscode/l10n";

let language = "en";

/** Made when they are first needed, for making one is slow: these by their digits. */
let formats: Intl.NumberFormat[] = [];
let timesAgo: Intl.RelativeTimeFormat | undefined;

/** Has the page speak a language: `bundle` holds its words by the English ones. Before that it speaks English. */
export function setPageLanguage(code: string, bundle: Readonly<Record<string, string>>): void {
  language = code;
  formats = [];
  timesAgo = undefined;
  l10n.config({ contents: bundle });
}

/** The language of the page's words, as `Intl` takes it. */
export function pageLanguage(): string {
  return language;
}

/** A count, "1,234", or a measure with so many digits behind its point, "3.4". */
export function formatNumber(value: number, digits = 0): string {
  formats[digits] ??= new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: digits === 0,
  });
  return formats[digits].format(Number(value.toFixed(digits)));
}

/** How long ago that was: "5 minutes ago", "yesterday". */
export function formatTimeAgo(amount: number, unit: Intl.RelativeTimeFormatUnit): string {
  timesAgo ??= new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return timesAgo.format(-amount, unit);
}

/** How many times as much: "1.25×". */
export function formatFactor(factor: number): string {
  return `${factor.toLocaleString(language, { useGrouping: false })}×`;
}
