// The articles of the archive, by outlet and by month, with how many each has.

import { addressOf } from "./article.js";
import { get } from "./asking.js";
import { byId, element, foreign } from "./dom.js";
import { fromAddress, inWords, toAddress } from "./filters.js";
import { begin, listed } from "./listing.js";
import { count, dateWords, lastDay, outletName } from "./words.js";

const SIZE = 20;
const OUTLETS = 12; // that are seen at once
const SPREAD = 60; // months that are seen without unfolding a year

// An article by its title; a click opens it beside what is there, and its address is one to keep.
export function headline(one, open) {
  const link = foreign(one.title, "a", { class: "headline", href: addressOf(one.id) });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(one.id, null, link);
  });
  const wire = one.agency && one.agency !== one.outlet ? [", from ", foreign(one.agency)] : [];
  return element("li", {}, link, element("span", { class: "byline" }, foreign(outletName(one)), ...wire, " · ", dateWords(one.published)));
}

export async function showArticles(address, open) {
  const filters = fromAddress(address);
  const query = new URLSearchParams();
  toAddress(filters, query);
  const wanted = begin();
  const facets = element("div", { class: "facets" });
  const within = inWords(filters).replace("Only articles ", " ");
  const shown = listed(
    {
      address: (offset) => `articles?${query}&offset=${offset}&limit=${SIZE}`,
      title: "Articles",
      beside: [facets],
      items: (page) => page.articles.map((one) => headline(one, open)),
      told: (page) => [`${count(page.total, "article")}${within}`, ...(within ? [" · ", element("a", { href: "?view=articles", "data-inner": true }, "all articles")] : [])],
    },
    wanted,
  );
  byId("copies").querySelector(".listed").classList.add("latest");
  try {
    const counts = await get(`counts?${query}`);
    if (wanted()) facets.replaceChildren(outletFacet(counts.outlets, filters), monthFacet(counts, filters));
  } catch {
    // the list says what is wrong
  }
  return shown;
}

function to(filters) {
  const address = new URLSearchParams({ view: "articles" });
  toAddress(filters, address);
  return `?${address}`;
}

// A way to another part of the list; one that is chosen is left by the same way.
function way(text, number, chosen, filters) {
  const parts = [foreign(text), " ", element("span", { class: "many" }, number.toLocaleString("en"))];
  return element("li", {}, element("a", { class: "chip", href: to(filters), "data-inner": true, "aria-current": chosen ? "true" : null }, ...parts, chosen ? " ×" : ""));
}

function facet(name, ways, seen) {
  const list = (some) => element("ul", { class: "chips" }, ...some);
  const rest = ways.slice(seen);
  const more = rest.length ? [element("details", { class: "rest" }, element("summary", {}, `${rest.length} more`), list(rest))] : [];
  return element("section", { "aria-label": name }, element("h3", { class: "label" }, name), list(ways.slice(0, seen)), ...more);
}

function outletFacet(outlets, filters) {
  const chosen = new Set(filters.outlet);
  const first = [...outlets].sort((one, other) => chosen.has(other.name) - chosen.has(one.name));
  const ways = first.map(({ name, articles }) => {
    const others = filters.outlet.filter((one) => one !== name);
    return way(name, articles, chosen.has(name), { ...filters, outlet: chosen.has(name) ? others : [...others, name] });
  });
  return facet("By outlet", ways, OUTLETS);
}

function monthFacet({ months, unplaced }, filters) {
  const ways = (rows, whole) => rows.map(({ month, articles }) => {
    const dates = { since: `${month}-01`, until: lastDay(month) };
    const chosen = filters.since === dates.since && filters.until === dates.until;
    return way(whole ? dateWords(month) : dateWords(month).split(" ")[0], articles, chosen, { ...filters, ...(chosen ? { since: null, until: null } : dates) });
  });
  const name = unplaced ? `By month (${unplaced.toLocaleString("en")} of no known month)` : "By month";
  if (months.length <= OUTLETS) return facet(name, ways(months, true), OUTLETS);
  const years = Map.groupBy ? Map.groupBy(months, ({ month }) => month.slice(0, 4)) : grouped(months);
  const rows = [...years].map(([year, own], place) => {
    const all = own.reduce((sum, { articles }) => sum + articles, 0);
    const open = place === 0 || filters.since?.startsWith(year) || (months.length <= SPREAD && years.size < 3);
    const whole = { since: `${year}-01-01`, until: `${year}-12-31` };
    const chosen = filters.since === whole.since && filters.until === whole.until;
    const yearWay = way(`All of ${year}`, all, chosen, { ...filters, ...(chosen ? { since: null, until: null } : whole) });
    return element("details", { class: "year", open }, element("summary", {}, `${year} `, element("span", { class: "many" }, all.toLocaleString("en"))), element("ul", { class: "chips" }, yearWay, ...ways(own, false)));
  });
  return element("section", { "aria-label": name }, element("h3", { class: "label" }, name), element("div", { class: "years" }, ...rows));
}

function grouped(months) {
  const years = new Map();
  for (const one of months) years.set(one.month.slice(0, 4), [...(years.get(one.month.slice(0, 4)) ?? []), one]);
  return years;
}
