// Which articles are copies of one text, and where a copy differs: a list, or the origin of one article.

import { get } from "./asking.js";
import { byId, element, foreign, shown } from "./dom.js";
import { count, dateWords, outletName } from "./words.js";

const MANY = 8; // copies that are shown at once; the others unfold
const A_PAGE = 20;
let turn = 0;

export const addressOf = (article) => `/?view=copies${article ? `&article=${encodeURIComponent(article)}` : ""}`;

// `open(id, citation, button)` shows an article, with the words of the citation marked.
export async function show(article, open) {
  const mine = (turn += 1);
  const place = byId("copies");
  const list = element("ol", { class: "origins-list" });
  const told = element("p", { class: "hint", role: "status" }, "Looking for copies…");
  place.replaceChildren(
    element("h2", { id: "copies-title", tabindex: "-1" }, article ? "Copies of one text" : "Copies in this archive"),
    element("p", { class: "hint" }, "Articles that are copies of one text count as one origin, however many outlets print them. Where a copy differs, the words of both are shown."),
    told,
    list,
  );
  await add(0);

  async function add(offset) {
    try {
      const query = article ? `article=${encodeURIComponent(article)}` : `offset=${offset}&limit=${A_PAGE}`;
      const page = await get(`/origins?${query}`);
      if (mine !== turn) return;
      const items = page.origins.map((one) => origin(one, open));
      list.append(...items);
      if (article) told.replaceChildren(element("a", { href: addressOf(), "data-inner": true }, "All copies in this archive"));
      else told.textContent = page.total ? `${count(page.total, "text")} with copies` : "No article here is a copy of another.";
      if (offset) items[0]?.querySelector("button")?.focus();
      if (page.next !== null) place.append(moreButton(page.next));
    } catch (problem) {
      if (mine !== turn) return;
      told.textContent = "";
      place.append(element("div", { class: "notice", role: "alert" }, problem.message));
      if (problem.status === 401) byId("key-field").hidden = false;
    }
  }

  function moreButton(next) {
    const button = element("button", { type: "button", class: "more" }, "More");
    button.addEventListener("click", () => {
      button.remove();
      add(next);
    });
    return button;
  }
}

export const leave = () => (turn += 1); // what still comes is for nobody

function origin({ first, agency, outlets, articles, copies }, open) {
  const wire = agency ? [" · from ", foreign(agency)] : [];
  const facts = element("p", { class: "byline" }, `${count(outlets, "outlet")}, ${count(articles, "article")}`, ...wire);
  const rows = copies.map((copy) => copyRow(first, copy, open));
  const list = element("ul", { class: "copies" }, printed(first, open, "the earliest here"), ...rows.slice(0, MANY));
  const parts = [foreign(first.title, "h3", { class: "headline" }), facts, list];
  if (!copies.length) parts.push(element("p", { class: "hint" }, "No other article here is a copy of it."));
  if (rows.length > MANY) {
    const rest = element("ul", { class: "copies" }, ...rows.slice(MANY));
    parts.push(element("details", { class: "rest" }, element("summary", {}, `${count(rows.length - MANY, "more copy", "more copies")}`), rest));
  }
  return element("li", { class: "copied" }, ...parts);
}

function printed(article, open, note) {
  const button = foreign(outletName(article), "button", { type: "button", class: "outlet" });
  button.addEventListener("click", () => open(article.id, null, button));
  const by = element("p", { class: "byline" }, button, " · ", dateWords(article.published), ` · ${note}`);
  return element("li", {}, by);
}

function copyRow(first, { article, differences, more }, open) {
  const places = differences.length + more;
  const row = printed(article, open, places ? `${count(places, "place")} ${places === 1 ? "differs" : "differ"}` : "the same words");
  if (article.title !== first.title) row.append(foreign(article.title, "p", { class: "byline headed" }));
  if (!places) return row;
  const told = differences.map((one) => difference(first, article, one, open));
  if (more) told.push(element("li", { class: "hint" }, `and ${count(more, "further place")}`));
  row.append(element("ul", { class: "noted" }, ...told));
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
