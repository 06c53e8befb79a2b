// Questions that are followed: the button under an answer, and the list of them with what is new.

import { addressOf as articleAddress } from "./article.js";
import { get, post, remove, setReader } from "./asking.js";
import { byId, element, foreign, inMarks } from "./dom.js";
import { inWords } from "./filters.js";
import { begin, listed } from "./listing.js";
import { WORDS } from "./table.js";
import { addressOf } from "./thread.js";
import { count, dateWords, outletName } from "./words.js";

const TOLD = 10; // tellings of a question that are shown
const BEFORE = ["other", "revised", "taken_out"]; // news that say what stood there before
let offered = false;

// Whether this server follows questions; who follows some is told how much is new.
export async function offerFollowing(is) {
  offered = is;
  byId("following").hidden = !is;
  for (const row of byId("answer").querySelectorAll(".to-follow")) row.hidden = !is;
  if (is) mark((await get("follows")).new);
}

const mark = (fresh) => (byId("following").textContent = fresh ? `Following (${count(fresh, "new", "new")})` : "Following");

// Under an answer: have it told when it changes. A follow-up hangs on the questions before it, so it has none.
export function followButton(question, { filters }, after) {
  if (after.length) return null;
  const row = element("p", { class: "actions to-follow" });
  row.hidden = !offered;
  row.append(element("button", { type: "button", class: "quiet", onclick: () => begins(row, question, filters) }, "Follow this question"));
  return row;
}

async function begins(row, question, filters) {
  const told = element("span", { role: "status" }, "Following…");
  row.replaceChildren(told);
  try {
    const begun = await post("follows", { question, filters, zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
    if (begun.reader) setReader(begun.reader);
    await post("follows/seen", {});
    told.textContent = "Followed: whatever is new of it is told once, under ";
    row.append(element("a", { href: "?view=following", "data-inner": true }, "Following"), ".");
  } catch (problem) {
    told.textContent = `Not followed: ${problem.message}`;
  }
}

// What is followed, and what was told; looking at it makes it seen.
export async function showFollowing(open) {
  const wanted = begin();
  const shown = await listed(
    {
      address: () => "follows",
      title: "Following",
      hint: "Each question is answered again whenever articles come in. What is new of it is told once: another origin, another answer, quoted words that were changed.",
      items: (page) => page.follows.map((one) => followed(one, open)),
      told: (page) => (page.follows.length ? [`${count(page.follows.length, "question")} · `, feedLink(page.feed)] : "Nothing is followed here. The button for it is under an answer."),
    },
    wanted,
  );
  if (!shown || !wanted()) return;
  await post("follows/seen", {}).catch(() => {});
  mark(0);
}

const feedLink = (address) => element("a", { href: address, title: "Whoever has this address may read it" }, "Atom feed");

function followed(one, open) {
  const from = new URLSearchParams();
  const facts = [WORDS.follow_statuses[one.status], one.new ? `${one.new} new` : "", inWords(one.filters), `since ${dateWords(one.made.slice(0, 10))}`];
  const tellings = element("ol", { class: "tellings" });
  const end = element("button", { type: "button", class: "quiet", onclick: () => ends(row, one) }, "Follow no more");
  const row = element(
    "li",
    { class: "copied followed" },
    element("h3", { class: "headline" }, foreign(one.question, "a", { href: addressOf(one.question, [], from), "data-inner": true })),
    element("p", { class: "byline" }, facts.filter(Boolean).join(" · ")),
    tellings,
    element("p", { class: "actions" }, end),
  );
  get(`follows/${one.id}?limit=${TOLD}`)
    .then((log) => tellings.replaceChildren(...log.tellings.map((told, place) => telling(told, place < one.new, open))))
    .catch((problem) => tellings.replaceChildren(element("li", { role: "alert" }, problem.message)));
  return row;
}

async function ends(row, one) {
  try {
    await remove(`follows/${one.id}`);
    row.replaceChildren(element("p", { class: "hint", role: "status" }, "No longer followed."));
  } catch (problem) {
    row.append(element("p", { class: "notice", role: "alert" }, problem.message));
  }
}

function telling(told, fresh, open) {
  const head = element("p", { class: "byline" }, fresh ? element("strong", {}, "New ") : null, `${dateWords(told.at.slice(0, 16) + "Z")} · ${WORDS.tellings[told.kind]}`, told.fault ? foreign(` (${told.fault})`) : null);
  return element("li", { class: "telling" }, head, ...told.news.flatMap((item) => newsParts(item, open)));
}

function newsParts({ kind, now, was }, open) {
  const label = element("p", { class: "label" }, WORDS.news[kind]);
  if (kind === "removed") return [label];
  const sides = [BEFORE.includes(kind) ? ["before", was] : null, kind === "taken_out" ? null : [BEFORE.includes(kind) ? "now" : "", now]];
  return [label, ...sides.filter(Boolean).map(([name, words]) => quoted(name, words, open))];
}

function quoted(name, words, open) {
  const said = name ? element("span", { class: "hint" }, `${name}: `) : null;
  if (!words) return element("p", {}, said, WORDS.following.gone);
  const { article } = words;
  const citation = { ...words, number: 1 };
  const read = element("a", { href: articleAddress(article.id, citation) }, `${outletName(article)}, ${dateWords(article.published?.slice(0, 10))}`);
  read.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(article.id, citation, read);
  });
  return element("p", { class: "words" }, said, inMarks(words.quote), " ", read);
}
