// An origin as people read it: who printed the text, and where a copy differs.

import { element, folded, foreign, shown } from "./dom.js";
import { count, dateWords, outletName } from "./words.js";

const COPIES = 4; // of a text that are seen at once
const PLACES = 2; // where a copy differs

// The list of copies and stories, or what of it belongs to one article.
export const addressOf = (article) => `?view=copies${article ? `&article=${encodeURIComponent(article)}` : ""}`;

// `alone`: it is what the page is about, so that all of it is seen at once.
export function origin({ first, agency, outlets, articles, copies }, open, alone) {
  const wire = agency ? [" · from ", foreign(agency)] : [];
  const facts = element("p", { class: "byline" }, `${count(outlets, "outlet")}, ${count(articles, "article")}`, ...wire);
  const rows = copies.map((copy) => copyRow(first, copy, open, alone));
  const all = [printed(first, open, "the earliest here"), ...rows];
  const list = folded("ul", all, (left) => [count(left, "more copy", "more copies")], { seen: COPIES });
  const parts = [foreign(first.title, "h3", { class: "headline" }), facts, ...list];
  if (!copies.length) parts.push(element("p", { class: "hint" }, "No other article here is a copy of it."));
  return element("li", { class: "copied" }, ...parts);
}

function printed(article, open, note) {
  const button = foreign(outletName(article), "button", { type: "button", class: "outlet" });
  button.addEventListener("click", () => open(article.id, null, button));
  const by = element("p", { class: "byline" }, button, " · ", dateWords(article.published), note && ` · ${note}`);
  return element("li", {}, by);
}

function copyRow(first, { article, differences, more }, open, alone) {
  const places = differences.length + more;
  const seen = alone || places <= PLACES ? PLACES : 0;
  const differing = places ? `${count(places, "place")} ${places === 1 ? "differs" : "differ"}` : "the same words";
  const row = printed(article, open, seen ? differing : "");
  if (article.title !== first.title) row.append(foreign(article.title, "p", { class: "byline headed" }));
  if (!places) return row;
  const told = differences.map((one) => difference(first, article, one, open));
  if (more) told.push(element("li", { class: "hint" }, `and ${count(more, "further place")}`));
  row.append(...folded("ul", told, (left) => [seen ? count(left, "more place") : differing], { seen, name: "noted" }));
  return row;
}

// Both sides below each other, so that the eye finds what differs.
function difference(first, copy, { first: here, copy: there }, open) {
  const side = (label, article, run) => element("div", { class: "noted-side" }, element("span", { class: "noted-label" }, label), words(article, run, open));
  if (!there) return element("li", {}, side("left out", first, here));
  if (!here) return element("li", {}, side("added", copy, there));
  return element("li", {}, side("first", first, here), side("copy", copy, there));
}

// The words that differ, within some of those around them; pressed, they are marked in their article and proved.
function words(article, run, open) {
  const long = run.until > run.end ? "…" : "";
  const name = `Show it in ${shown(outletName(article))}`;
  const button = element(
    "button",
    { type: "button", class: "run", dir: "auto", title: name },
    foreign(run.before, "span"),
    foreign(`${run.quote}${long}`, "strong"),
    foreign(long ? "" : run.after, "span"),
  );
  const citation = { number: 0, quote: run.quote, start: run.start, end: run.end, revision: run.revision, article };
  button.addEventListener("click", () => open(article.id, citation, button));
  return button;
}
