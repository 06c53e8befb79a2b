// The article beside the answer, with the quoted words marked where they stand, and the proof checked again here.

import { get } from "./asking.js";
import { datelined } from "./datelines.js";
import { byId, element, foreign, outward, shown } from "./dom.js";
import { addressOf as copiesOf } from "./origins.js";
import { storyLine } from "./stories.js";
import { count, dateWords, outletName, slice } from "./words.js";

const narrow = window.matchMedia("(max-width: 60rem)");
let opener = null;
let wanted = 0;

export const isOpen = () => !byId("article").hidden;

export function close() {
  if (!isOpen()) return;
  byId("article").hidden = true;
  pointOut(null);
  document.body.classList.remove("reading");
  settle();
  wanted += 1;
  if (opener?.isConnected) opener.focus();
  opener = null;
}

function pointOut(citation) {
  for (const marker of document.querySelectorAll(".marker")) {
    marker.classList.toggle("open", Number(marker.dataset.citation) === citation?.number);
  }
}

// On a phone the article covers the page, so what is behind it is out of reach as well as out of sight.
function settle() {
  const covers = isOpen() && narrow.matches;
  byId("column").inert = covers;
  byId("article").setAttribute("role", covers ? "dialog" : "complementary");
  byId("article").toggleAttribute("aria-modal", covers);
}

narrow.addEventListener("change", settle);

// `citation` may be null: then the article is shown as it is, with nothing marked.
export async function open(id, citation, from) {
  const panel = byId("article");
  const turn = (wanted += 1);
  opener = from ?? opener;
  panel.hidden = false;
  panel.dataset.citation = citation?.number ?? "";
  pointOut(citation);
  document.body.classList.add("reading");
  settle();
  if (panel.contains(document.activeElement)) panel.focus({ preventScroll: true }); // what leads on goes with the article that has it
  panel.replaceChildren(top(null), element("p", { class: "progress" }, "Opening the article…"));
  try {
    const revision = citation?.revision ? `?revision=${citation.revision}` : "";
    const name = encodeURIComponent(id);
    const [article, story] = await Promise.all([get(`articles/${name}${revision}`), storyOf(name)]);
    if (turn === wanted) await show(panel, article, citation && standing(article, citation), story);
  } catch (problem) {
    if (turn === wanted) panel.replaceChildren(top(null), element("p", { class: "notice" }, problem.message));
  }
}

// A passage of an address says only where it stands; then its words are those that stand there.
function standing(article, citation) {
  if (citation.quote) return citation;
  const { quote } = slice(article.body, citation.start, citation.end);
  return quote ? { ...citation, quote, revision: article.revision } : null;
}

// The address of an article, or of a passage in it, on this page.
export function addressOf(id, citation) {
  const place = citation ? { start: citation.start, end: citation.end, revision: citation.revision } : {};
  return `?${new URLSearchParams({ article: id, ...place })}${citation ? "#quote" : ""}`;
}

// Opens what such an address names; false where it names nothing.
export function openAddress(address) {
  const id = address.get("article");
  if (!id) return false;
  const [start, end] = ["start", "end"].map((name) => Number(address.get(name) || NaN));
  const revision = /^[0-9a-f]{64}$/.test(address.get("revision") ?? "") ? address.get("revision") : null;
  open(id, Number.isInteger(start) && end > start ? { number: 0, start, end, revision } : null);
  return true;
}

// An article is shown whether or not its story can be.
async function storyOf(name) {
  try {
    return (await get(`stories?article=${name}`)).stories[0].articles;
  } catch {
    return [];
  }
}

function top(citation) {
  const closing = element("button", { type: "button", class: "close", "aria-label": "Close the article", onclick: close }, "×");
  return element("div", { class: "panel-top" }, element("span", { class: "label" }, citation?.number ? `Citation ${citation.number}` : "Article"), closing);
}

async function show(panel, article, citation, story) {
  const facts = element("p", { class: "byline" }, foreign(outletName(article), "bdi", { class: "outlet" }));
  if (article.agency) facts.append(", from ", foreign(article.agency));
  facts.append(" · ", dateWords(article.published));
  if (article.author) facts.append(" · ", foreign(article.author));
  const title = foreign(article.title, "h2", { id: "article-title" });
  const proof = element("p", { class: "proof", role: "status" });
  const body = element("div", { class: "body", lang: article.language });
  body.append(...paragraphs(article.body, citation));
  const old = citation && article.revisions[0] !== article.revision;
  panel.replaceChildren(
    top(citation),
    citation ? proof : "",
    facts,
    title,
    storyLine(story, article.id, open) ?? "",
    copiesLine(article) ?? "",
    old ? element("p", { class: "notice" }, "The article has been changed since; this is the revision that was quoted.") : "",
    body,
    element("p", { class: "actions" }, outward(article.url, "Original ↗") ?? "", element("a", { href: addressOf(article.id, citation) }, citation ? "Address of this passage" : "Address of this article")),
  );
  panel.focus({ preventScroll: true });
  centre(panel, panel.querySelector("mark"));
  if (citation) proof.textContent = await checked(article, citation);
}

// Who else printed its text, in a word; all of it is one click away.
function copiesLine({ id, copies }) {
  if (!copies) return null;
  return element("p", { class: "byline same-story" }, element("a", { href: copiesOf(id), "data-inner": true }, `${count(copies, "copy", "copies")} of this text, and where they differ`));
}

// Scrolls the panel alone; `scrollIntoView` would move the answer beside it too.
function centre(panel, mark) {
  panel.scrollTop = 0;
  if (!mark) return;
  const top = panel.getBoundingClientRect().top;
  const middle = (Math.min(panel.clientHeight, window.innerHeight - Math.max(top, 0)) - mark.offsetHeight) / 2;
  panel.scrollTop = Math.max(0, mark.getBoundingClientRect().top - top - Math.max(middle, 80));
}

function paragraphs(body, citation) {
  const pieces = citation ? slice(body, citation.start, citation.end) : { before: body, quote: "", after: "" };
  const marked = [
    { text: pieces.before, quoted: false },
    { text: pieces.quote, quoted: true },
    { text: pieces.after, quoted: false },
  ];
  const made = [element("p", { dir: "auto" })];
  for (const { text, quoted } of marked) {
    text.split(/\n+/).forEach((line, number) => {
      if (number > 0) made.push(element("p", { dir: "auto" }));
      const opens = made.length === 1 && !made[0].childNodes.length && !quoted;
      if (line) made.at(-1).append(...(opens ? datelined(shown(line)) : [quoted ? element("mark", made.some((one) => one.querySelector("mark")) ? {} : { id: "quote" }, shown(line)) : shown(line)]));
    });
  }
  return made.filter((paragraph) => paragraph.childNodes.length);
}

// The server proved it; the reader's own browser proves it again: the words, and that the body is this revision.
async function checked(article, citation) {
  const same = slice(article.body, citation.start, citation.end).quote === citation.quote;
  const hash = await sha256(article.body);
  if (!same || (hash && hash !== citation.revision)) return "✗ These words are not what the archive holds. Please report it.";
  const how = hash ? `the article’s sha256 is ${hash.slice(0, 12)}…` : `revision ${citation.revision.slice(0, 12)}…`;
  return `✓ Checked in your browser: these words stand at characters ${citation.start}–${citation.end}; ${how}`;
}

async function sha256(text) {
  if (!window.crypto?.subtle) return null; // over plain http from another machine, browsers keep it back
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
