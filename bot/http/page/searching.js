// What else the archive has on a question: its nearest passages, and its subject day by day.

import { addressOf as articleAddress } from "./article.js";
import { datelined } from "./datelines.js";
import { element, foreign, outward, shown } from "./dom.js";
import { fromAddress, inWords, toAddress } from "./filters.js";
import { begin, listed } from "./listing.js";
import { monthBars } from "./months.js";
import { WORDS } from "./table.js";
import { addressOf } from "./thread.js";
import { count, dateWords, outletName } from "./words.js";

const PASSAGES = 30;
const SEEN = 8; // of them at once

// The address of the passages or the timeline of a question, with the filters of the address that it is asked at.
export function viewOf(view, question, search = location.search) {
  const from = new URLSearchParams();
  toAddress(fromAddress(new URLSearchParams(search)), from);
  return `?${new URLSearchParams([["view", view], ["q", question], ...from])}`;
}

export const showPassages = (address, open) => listed(of("search", address, `limit=${PASSAGES}`, {
  title: "Passages",
  hint: "The passages of the archive that come nearest, best first. They are no answer.",
  items: (page) => {
    const rows = page.hits.map((hit) => passage(hit, open));
    const rest = element("details", { class: "rest" }, element("summary", {}, count(rows.length - SEEN, "more passage")), element("ol", {}, ...rows.slice(SEEN)));
    return rows.length > SEEN ? [...rows.slice(0, SEEN), element("li", {}, rest)] : rows;
  },
  told: (page) => (page.hits.length ? count(page.hits.length, "passage") : "Nothing in the archive comes near."),
}), begin());

export const showTimeline = (address, open) => listed(of("timeline", address, "limit=60", {
  title: "Day by day",
  hint: "One sentence a day and text, from the articles’ days of publication.",
  items: (page) => page.steps.map((one) => step(one, open)),
  told: (page) => [spanOf(page), ...monthBars(page.months)],
}), begin());

function of(path, address, limit, list) {
  const question = address.get("q") ?? "";
  const query = new URLSearchParams({ q: question });
  const filters = fromAddress(address);
  toAddress(filters, query);
  const back = element("a", { href: addressOf(question, [], new URLSearchParams([...query].filter(([name]) => name !== "q"))), "data-inner": true }, "The answer");
  const other = path === "search" ? ["timeline", "Day by day"] : ["passages", "Passages"];
  const ways = element("p", { class: "actions" }, back, element("a", { href: viewOf(other[0], question), "data-inner": true }, other[1]));
  const subject = foreign(question, "p", { class: "subject" });
  const within = inWords(filters);
  return { address: () => `${path}?${query}&${limit}`, beside: [subject, ...(within ? [foreign(within, "p", { class: "hint" })] : []), ways], ...list };
}

// The words, and who printed them; their place is an address.
function quoted(citation, open, ...beside) {
  const { article } = citation;
  const read = element("a", { href: articleAddress(article.id, citation) }, "Read it in the article");
  read.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(article.id, citation, read);
  });
  const wire = article.agency && article.agency !== article.outlet ? [", from ", foreign(article.agency)] : [];
  return [
    element("blockquote", { dir: "auto" }, ...datelined(shown(citation.quote))),
    element("p", { class: "byline" }, foreign(outletName(article), "bdi", { class: "outlet" }), ...wire, ...beside),
    foreign(article.title, "p", { class: "headline" }),
    element("p", { class: "actions" }, read, outward(article.url, "Original ↗")),
  ];
}

function passage({ text, start, end, revision, article, copies }, open) {
  const others = [...new Set(copies.map(outletName))].filter((name) => name !== outletName(article));
  const also = others.length ? [" · also in ", foreign(others.join(", "))] : [];
  return element("li", { class: "source passage" }, element("div", {}, ...quoted({ number: 0, quote: text, start, end, revision, article }, open, " · ", dateWords(article.published), ...also)));
}

function step({ day, citation, also_in: also, story, retracts }, open) {
  const chain = story ? [" · ", WORDS.timeline.story.replace("{number}", story)] : [];
  const beside = [...(also.length ? [" · also in ", foreign(also.join(", "))] : []), ...chain, ...(retracts ? [" · ", element("strong", { class: "takes-back" }, WORDS.later.retracts)] : [])];
  return element("li", { class: "source day" }, element("h3", { class: "label" }, dateWords(day)), element("div", {}, ...quoted({ ...citation, number: 0 }, open, ...beside)));
}

function spanOf({ steps, months, undated }) {
  if (!steps.length) return WORDS.timeline.nothing;
  const all = months.reduce((sum, { articles }) => sum + articles, 0);
  const ends = [...new Set([months[0], months.at(-1)].filter(Boolean).map(({ month }) => dateWords(month)))].join(" – ");
  return `${count(steps.length, "day")} of ${count(all, "article")}${ends ? `, ${ends}` : ""}${undated ? `; ${undated} without a date left out` : ""}`;
}
