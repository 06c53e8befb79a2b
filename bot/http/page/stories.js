// A story as people read it: the articles that tell it, oldest first, and which takes back what was said.

import { element, folded, foreign, shown } from "./dom.js";
import { addressOf } from "./origins.js";
import { WORDS } from "./table.js";
import { count, dateWords, outletName } from "./words.js";

const BESIDE = 2; // articles before and after one that its line leads to

// `open(id, citation, button)` shows an article.
export function story({ articles }, open) {
  const days = [articles[0], articles.at(-1)].map(({ article }) => dateWords(article.published?.slice(0, 10)));
  const span = [...new Set(days)].join(" – ");
  const rows = articles.map((told) => row(told, open));
  const title = element("h3", { class: "label" }, `${count(articles.length, "article")}, ${span}`);
  return element("li", { class: "told" }, title, ...folded("ol", rows, left));

  function left(number) {
    const retracts = articles.slice(-number).some((one) => one.retracts);
    return [count(number, "later article"), ...(retracts ? [" ", mark()] : [])];
  }
}

function row({ article, retracts }, open) {
  const button = foreign(outletName(article), "button", { type: "button", class: "outlet" });
  button.addEventListener("click", () => open(article.id, null, button));
  const by = element("p", { class: "byline" }, dateWords(article.published), " · ", button, ...(retracts ? [" ", mark()] : []));
  return element("li", {}, by, foreign(article.title, "p", { class: "headline" }));
}

const mark = () => element("strong", { class: "takes-back" }, WORDS.later.retracts);

// In an article: what tells its story before and after it; null where nothing does.
export function storyLine(articles, id, open) {
  if (articles.length < 2) return null;
  const at = articles.findIndex(({ article }) => article.id === id);
  const near = articles.filter((one, place) => place !== at && (one.retracts || Math.abs(place - at) <= BESIDE));
  const earlier = near.filter((one) => articles.indexOf(one) < at);
  const later = near.filter((one) => articles.indexOf(one) > at);
  const line = element("p", { class: "byline same-story" }, "The same story: ", ...side("earlier", earlier, open));
  if (earlier.length && later.length) line.append(" · ");
  line.append(...side("later", later, open));
  if (near.length < articles.length - 1) line.append(" · ", element("a", { href: addressOf(id), "data-inner": true }, `all ${articles.length} articles`));
  if (articles[at].retracts) line.prepend(mark(), " · ");
  return line;
}

function side(name, told, open) {
  const leads = told.flatMap(({ article, retracts }) => {
    const text = [dateWords(article.published?.slice(0, 10)), ", ", foreign(outletName(article))];
    const button = element("button", { type: "button", title: shown(article.title) }, ...text);
    button.addEventListener("click", () => open(article.id, null));
    return ["; ", button, ...(retracts ? [" ", mark()] : [])];
  });
  return leads.length ? [`${name} `, ...leads.slice(1)] : [];
}
