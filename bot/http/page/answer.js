// An answer as people read it: its sentences, who says them, and the outlets side by side.

import { datelined } from "./datelines.js";
import { copy, element, foreign, inMarks, outward, shown } from "./dom.js";
import { inWords } from "./filters.js";
import { addressOf } from "./origins.js";
import { WORDS } from "./table.js";
import { citationText, count, dateWords, daysWords, newsroomText, outletName } from "./words.js";

// `open(citation, button)` shows the article; the button takes the focus back when it is closed.
export function marker(citation, open) {
  const name = `Citation ${citation.number}: ${outletName(citation.article)}`;
  const button = element(
    "button",
    { type: "button", class: "marker", "data-citation": citation.number, "aria-label": name, title: name },
    `${citation.number}`,
  );
  button.addEventListener("click", () => open(citation, button));
  return button;
}

function origin(article) {
  const wire = article.agency ? ["from ", foreign(article.agency)] : [];
  return element(
    "span",
    { class: "origin" },
    foreign(outletName(article), "bdi", { class: "outlet" }),
    ...(wire.length ? [", ", ...wire] : []),
  );
}

function speaker({ speaker: name, role, voice }) {
  if (!name) return []; // the outlet speaks in its own voice
  const who = name === "unclear" ? role || WORDS.voicings.unclear : name;
  const as = role && who !== role ? [", ", foreign(role)] : [];
  const named = foreign(who, "bdi", { class: "speaker", title: voice ? WORDS.voicings[voice.kind] : null });
  const [before, after] = voice?.partly ? WORDS.wording.partly.split("{speaker}") : ["", ""];
  return [before, named, ...as, after, " · "];
}

// How sure an answer is, in words and by the form of its sign: full, broken or empty, so that no colour is needed.
export function certainty(answer) {
  const reason = answer.abstention?.reason;
  const state = !answer.abstention ? "sure" : reason === "unsure" ? "unsure" : "absent";
  const sign = element("span", { class: "sign", "aria-hidden": "true" }, { sure: "✓", unsure: "?", absent: "–" }[state]);
  const own = answer.sentences.some((one) => one.wording);
  const why = { sure: own ? WORDS.verdicts.marked : WORDS.certainty.proved, unsure: null, absent: WORDS.reasons[reason] }[state];
  const more = why && why !== WORDS.certainty[state] ? element("span", { class: "why" }, why) : null;
  return element("p", { class: `certainty ${state}` }, sign, element("strong", {}, state === "unsure" ? answer.abstention.text : WORDS.certainty[state]), more);
}

// A sentence, with the words of it that answer by themselves in bold.
function words({ text, short }, tag = "span") {
  const plain = foreign("", tag);
  plain.append(...datelined(shown(text)));
  if (!short) return plain;
  const letters = Array.from(text); // offsets count characters, not the halves that JavaScript counts
  const part = (start, end) => shown(letters.slice(start, end).join(""));
  const inner = foreign("", tag);
  inner.append(...datelined(part(0, short.start)), element("strong", {}, part(short.start, short.end)), part(short.end));
  return inner;
}

// A model's own words, which code did not prove: they say so, and the quotations that they stand for follow.
function marked(sentence, citations, markers) {
  const label = element("p", { class: "label unproved" }, WORDS.verdicts.marked);
  const own = element("p", { class: "sentence", dir: "auto" }, foreign(sentence.wording, "span"), "\u00a0", markers);
  const quotes = citations.map((citation) =>
    element("blockquote", { dir: "auto" }, inMarks(citation.quote), element("p", { class: "byline" }, origin(citation.article), " · ", dateWords(citation.article.published))),
  );
  return element("div", { class: "said marked" }, label, own, ...quotes);
}

// Under a shortening: whose words it was held against, each outlet once. Who says it, it says itself.
function provedBy(citations) {
  const places = new Map(citations.map(({ article }) => [`${outletName(article)} ${article.published}`, article]));
  const parts = [...places.values()].flatMap((article) => [" · ", origin(article), ", ", dateWords(article.published)]);
  return element("p", { class: "byline" }, `${WORDS.verdicts.shortened} `, ...parts.slice(1));
}

// What a model wrote that points at no words of the articles: never part of the answer, but nothing is hidden either.
export function cutSentences({ cut = [] }) {
  if (!cut.length) return null;
  const rows = cut.map(({ text, finding }) =>
    element("li", {}, foreign(text, "s"), element("p", { class: "byline" }, foreign(finding))),
  );
  const many = count(cut.length, "line");
  return element("details", { class: "cut" }, element("summary", {}, `${many} of the model without words in the articles`), element("ul", {}, ...rows));
}

// What relative words of a quotation mean, beside it and never in it: “on Monday” is 19 Oct 2020.
function days(citation, dates = []) {
  const own = dates.filter((one) => one.citation === citation.number);
  return own.flatMap((one) => [" · ", inMarks(one.text), ` is ${daysWords(one)}`]);
}

export function sentenceParts(sentence, citations, open, dates = []) {
  const markers = element("span", { class: "markers" }, ...citations.map((citation) => marker(citation, open)));
  if (sentence.wording) return marked(sentence, citations, markers);
  const text = element("p", { class: "sentence", dir: "auto" }, words(sentence), "\u00a0", markers);
  const first = citations[0]?.article;
  if (!first) return element("div", { class: "said" }, text);
  if (sentence.verdict !== "quoted") return element("div", { class: "said" }, text, provedBy(citations));
  const by = element("p", { class: "byline" });
  by.append(...speaker(sentence), origin(first), " · ", dateWords(first.published));
  by.append(...days(citations[0], dates));
  if (sentence.also_in.length) by.append(" · also in ", foreign(sentence.also_in.join(", ")));
  return element("div", { class: "said" }, text, by);
}

function copyButton(name, text) {
  const button = element("button", { type: "button", class: "quiet" }, name);
  button.addEventListener("click", async () => {
    try {
      await copy(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Could not copy";
    }
    setTimeout(() => (button.textContent = name), 2000);
  });
  return button;
}

// With its place in the archive, or as a newsroom names it.
const copyButtons = (citation) => [copyButton("Copy citation", () => citationText(citation)), copyButton("Copy for a story", () => newsroomText(citation))];

function actions(citation, open) {
  const read = element("button", { type: "button", class: "quiet" }, "Read it in the article");
  read.addEventListener("click", () => open(citation, read));
  return element("p", { class: "actions" }, read, ...copyButtons(citation), outward(citation.article.url, "Original ↗"));
}

// `told`: the answer above is these very words, which stand on the page once.
function source(citation, open, { marked = true, told = false } = {}) {
  return element(
    "li",
    { class: "source" },
    marked ? marker(citation, open) : null,
    element(
      "div",
      {},
      told ? null : words({ text: citation.quote, short: citation.short }, "blockquote"),
      element("p", { class: "byline" }, origin(citation.article), " · ", dateWords(citation.article.published)),
      foreign(citation.article.title, "p", { class: "headline" }),
      actions(citation, open),
    ),
  );
}

function byOutlet(citations) {
  const groups = new Map();
  for (const citation of citations) {
    const name = outletName(citation.article);
    groups.set(name, [...(groups.get(name) ?? []), citation]);
  }
  return groups;
}

// A column for each outlet, in the order in which the answer names them: the same event, in each one's own words.
// What the answer above says in these very words is not said again.
function sideBySide(groups, open, told) {
  const columns = [...groups].map(([, citations]) => {
    const { article } = citations[0];
    const facts = element("p", { class: "byline" }, article.agency ? "from " : null, article.agency ? foreign(article.agency) : null, article.agency ? " · " : null, dateWords(article.published));
    const printed = citations.map((citation) =>
      element(
        "div",
        { class: told.has(citation.quote) ? "printed told" : "printed" },
        element("p", { dir: "auto" }, ...(told.has(citation.quote) ? [] : [inMarks(citation.quote), "\u00a0"]), marker(citation, open)),
        foreign(citation.article.title, "p", { class: "headline" }),
        element("p", { class: "actions" }, ...copyButtons(citation), outward(citation.article.url, "Original ↗")),
      ),
    );
    return element("li", { class: "side" }, foreign(outletName(article), "h4", { class: "outlet" }), facts, ...printed);
  });
  return element(
    "div",
    {},
    element("h3", { class: "label" }, "Outlets side by side"),
    element("ul", { class: "sides" }, ...columns),
  );
}

// How many outlets and how many independent texts stand behind the answer; it leads to the copies of each.
export function originsLine({ origins: found = [], citations }) {
  const outlets = new Set(found.flatMap((one) => one.outlets));
  if (outlets.size < 2) return null;
  const agency = found.length === 1 && found[0].agency ? [" (", foreign(found[0].agency), ")"] : [];
  const words = [`${outlets.size} outlets, ${count(found.length, "origin")}`, ...agency];
  const copied = found.filter((one) => one.outlets.length > 1);
  const lead = (one, ...text) => {
    const { article } = citations.find(({ number }) => number === one.citations[0]);
    return element("a", { href: addressOf(article.id), "data-inner": true, title: "The copies of this text, and where they differ" }, ...text);
  };
  if (found.length === 1 && copied.length) return element("p", { class: "byline origins" }, lead(found[0], ...words));
  const leads = copied.flatMap((one) => [" · ", lead(one, `copies of ${one.citations.map((number) => `[${number}]`).join("")}`)]);
  return element("p", { class: "byline origins" }, ...words, ...leads);
}

// What a cited article says of its own mistakes.
export function corrections({ corrections: found = [], citations }, open) {
  if (!found.length) return null;
  const notes = found.map((note) => {
    const citation = citations.find((one) => one.number === note.citation);
    const words = inMarks(note.text);
    const read = element("button", { type: "button", class: "quiet" }, "Read it in the article");
    read.addEventListener("click", () => open({ ...citation, number: 0, quote: note.text, start: note.start, end: note.end }, read));
    const by = element("p", { class: "byline" }, origin(citation.article), " corrects its article ", `[${citation.number}] · `, read);
    return element("li", {}, element("p", { dir: "auto" }, words), by);
  });
  return element("ul", { class: "corrections", "aria-label": "Corrections of the cited articles" }, ...notes);
}

// What tells a cited article's story on, or takes back what it said.
export function laterReports({ later = [], citations }, open) {
  if (!later.length) return null;
  const reports = later.map(({ citation: number, of, retracts }) => {
    const citation = citations.find((one) => one.number === number);
    const label = element("h4", { class: "label" }, WORDS.later[retracts ? "retracted" : "later"], ` [${of}]`);
    const by = element("p", { class: "byline" }, origin(citation.article), ", ", dateWords(citation.article.published));
    return element("li", {}, label, inMarks(citation.quote), "\u00a0", marker(citation, open), by);
  });
  return element("ul", { class: "corrections", "aria-label": "Later reports of the same story" }, ...reports);
}

// Where the origins differ or agree: one line each, and in it each outlet's own words.
export function differences({ differences: found = [], citations }, open) {
  if (!found.length) return null;
  const cell = ({ citation: number, text }) => {
    const citation = citations.find((one) => one.number === number);
    const by = [origin(citation.article), ", ", dateWords(citation.article.published)];
    return element("li", {}, inMarks(text), "\u00a0", marker(citation, open), element("p", { class: "byline" }, ...by));
  };
  const rows = found.map(({ kind, cells }) =>
    element("div", { class: "difference" }, element("h4", { class: "label" }, WORDS.differing[kind]), element("ul", { class: "cells" }, ...cells.map(cell))),
  );
  return element("section", { class: "differences", "aria-label": "Where outlets differ" }, ...rows);
}

export function sources({ citations, sentences }, open) {
  const groups = byOutlet(citations);
  const told = new Set(sentences.map((sentence) => sentence.text));
  if (groups.size > 1) return sideBySide(groups, open, told);
  return element(
    "div",
    {},
    element("h3", { class: "label" }, WORDS.verdicts.quoted),
    element("ol", { class: "sources" }, ...citations.map((citation) => source(citation, open, { told: told.has(citation.quote) }))),
  );
}

// What may answer, best first: as large as an answer, and neither in words nor in form one.
function unsure(answer, open) {
  const { nearest } = answer.abstention;
  return element(
    "div",
    { class: "abstained unsure" },
    element("ol", { class: "sources closest" }, ...nearest.map((citation) => source(citation, open))),
  );
}

export function abstention(answer, open) {
  const { reason, text, missing, nearest } = answer.abstention;
  if (reason === "unsure") return unsure(answer, open);
  const parts = [
    foreign(text, "p", { class: "sentence" }),
  ];
  if (missing.length) {
    const words = missing.map((word) => foreign(word, "li", { class: "word" }));
    parts.push(element("p", { class: "label" }, reason === "not_in_archive" ? "Not found anywhere" : "Missing"), element("ul", { class: "chips" }, ...words));
  }
  if (nearest.length) {
    parts.push(
      element("h3", { class: "label" }, WORDS.wording.nearest),
      element("ol", { class: "sources nearest" }, ...nearest.map((citation) => source(citation, open, { marked: false }))),
    );
  }
  return element("div", { class: "abstained" }, ...parts);
}

const spent = (milliseconds) =>
  milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

export function footing(answer) {
  const milliseconds = Object.values(answer.timings_ms).reduce((sum, one) => sum + one, 0);
  const quoted = answer.abstention ? "Not answered" : "Quoted";
  const tokens = answer.usage ? ` · ${count(answer.usage.input + answer.usage.output, "token")}` : ", no language model";
  const proof = answer.sentences.some((one) => one.wording) ? "; quotations proved, its own words not" : ", every sentence proved";
  const writer = answer.llm ? ["Chosen by ", foreign(answer.llm), `${proof}${tokens}`] : [`${quoted}${tokens}`];
  const used = [inWords(answer.filters), ...answer.notes.filter((_, place) => !["only", "read_as"].includes(answer.note_kinds[place]))].filter(Boolean).join("; ");
  return element("p", { class: "footing" }, ...writer, ` · ${spent(milliseconds)}`, ...(used ? [" · ", foreign(used)] : []));
}

export const summary = (answer) =>
  answer.abstention
    ? `${WORDS.reasons[answer.abstention.reason]}.`
    : `Answered with ${count(answer.citations.length, "citation")} from ${count(byOutlet(answer.citations).size, "outlet")}.`;
