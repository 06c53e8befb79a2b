// Dates, names and offsets as people read them.

import { nested } from "./marks.js";
import { WORDS } from "./table.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// "2020-10-19T17:45" → "19 Oct 2020, 17:45"; as precise as it is known; the outlet's own day always comes first.
export function dateWords(iso) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d)(?::[\d.,]+)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?$/.exec(iso ?? "");
  if (!match) return iso ? iso : WORDS.wording.undated;
  const [, year, month, day, clock, zone] = match;
  const words = [day ? Number(day) : "", month ? MONTHS[Number(month) - 1] : "", year].filter(Boolean).join(" ");
  const offset = !zone ? "" : zone === "Z" ? " UTC" : ` UTC${zone}`;
  return clock ? `${words}, ${clock}${offset}${hereWords(iso, zone, `${year}-${month}-${day}`)}` : words;
}

// The reader's own day beside the outlet's, where they are two.
function hereWords(iso, zone, day) {
  const moment = new Date(iso.replace(" ", "T").replace(",", "."));
  if (!zone || Number.isNaN(moment.getTime())) return "";
  const here = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  return here === day ? "" : ` (${moment.getDate()} ${MONTHS[moment.getMonth()]} where you are)`;
}

// "2020-02" → "2020-02-29".
export const lastDay = (month) => `${month}-${new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()}`;

export const outletName = (article) => article.outlet || "Unknown outlet";

// Python counts code points, JavaScript UTF-16 units: "⚓️🌊" is three of the one and four of the other.
export function utf16Offset(text, codePoints) {
  let units = 0;
  for (let points = 0; points < codePoints && units < text.length; points += 1) {
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

export function slice(text, start, end) {
  const from = utf16Offset(text, start);
  const to = from + utf16Offset(text.slice(from), end - start);
  return { before: text.slice(0, from), quote: text.slice(from, to), after: text.slice(to) };
}

export function citationText(citation) {
  const { article } = citation;
  const wire = article.agency ? ` (${article.agency})` : "";
  const place = `characters ${citation.start}–${citation.end} of revision ${citation.revision.slice(0, 12)}`;
  const parts = [`“${nested(citation.quote)}” — ${outletName(article)}${wire}, ${dateWords(article.published)}: ${article.title}.`];
  if (article.url) parts.push(article.url);
  parts.push(`[${article.id}, ${place}]`);
  return parts.join(" ");
}

// As a newsroom names it: “We waited.” – Harbour Gazette, printing Coast Wire, 19 Oct 2020, “Harbour reopens”.
export function newsroomText({ quote, article }) {
  const { printing } = WORDS.wording;
  const wire = article.agency && article.agency.toLowerCase() !== outletName(article).toLowerCase();
  const outlet = wire ? printing.replace("{outlet}", () => outletName(article)).replace("{agency}", () => article.agency) : outletName(article);
  const title = nested(article.title);
  return `“${nested(quote.replace(/^“([^“”]*)”$/, "$1"))}” – ${outlet}, ${dateWords(article.published?.slice(0, 10))}, “${title}”`;
}

export const count = (number, one, many = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

// The days that relative words mean: "19 Oct 2020", "12 Oct 2020 to 18 Oct 2020", "about Sep 2020".
export function daysWords({ first, last, exact }) {
  const lastDay = new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5, 7)), 0)).getUTCDate();
  const year = first === `${first.slice(0, 4)}-01-01` && last === `${first.slice(0, 4)}-12-31`;
  const month = first.endsWith("-01") && first.slice(0, 7) === last.slice(0, 7) && Number(last.slice(8)) === lastDay;
  const whole = year ? first.slice(0, 4) : month ? first.slice(0, 7) : first;
  const words = first === last || year || month ? dateWords(whole) : `${dateWords(first)} to ${dateWords(last)}`;
  return exact ? words : `about ${words}`;
}
