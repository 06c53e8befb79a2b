// The page: asks, shows each step as it comes, and listens to keys.

import * as article from "./article.js";
import { abstention, certainty, corrections, cutSentences, differences, footing, laterReports, originsLine, sentenceParts, sources, summary } from "./answer.js";
import { ask, Problem, setKey } from "./asking.js";
import { showArticles } from "./browse.js";
import { byId, element, foreign, shown } from "./dom.js";
import * as filters from "./filters.js";
import { judging } from "./feedback.js";
import { followButton, showFollowing } from "./following.js";
import { showCopies, showFeeds, showStories } from "./groups.js";
import { leave } from "./listing.js";
import { showPassages, showTimeline } from "./searching.js";
import { shelf } from "./shelf.js";
import { goOn, takeAlong } from "./taking.js";
import * as thread from "./thread.js";
import { count, outletName } from "./words.js";

const TRIES = 4;
// What else than an answer the page shows: `?view=` its name; each is told its address.
const VIEWS = {
  articles: { title: "Articles", show: (address) => showArticles(address, article.open) },
  stories: { title: "Stories", show: () => showStories(article.open) },
  copies: { title: "Copies", show: (address) => showCopies(address.get("article"), article.open) },
  feeds: { title: "Feeds", show: showFeeds },
  following: { title: "Following", show: () => showFollowing(article.open) },
  passages: { title: "Passages", show: (address) => showPassages(address, article.open) },
  timeline: { title: "Day by day", show: (address) => showTimeline(address, article.open) },
};
let running = null;
let asked = "";
// The answer that was given last, with its address: going back asks nothing anew, nor does what came with the page.
let last = byId("given") && { address: location.search, answer: JSON.parse(byId("given").textContent) };
byId("plain")?.remove(); // it was for browsers that run no JavaScript

const say = (text) => (byId("progress").textContent = text);
const busy = (is) => {
  document.body.classList.toggle("busy", is);
  byId("go").textContent = is ? "Stop" : "Ask";
  byId("answer").setAttribute("aria-busy", is);
};

const shownPart = (id) => {
  for (const part of ["opening", "answer", "copies"]) byId(part).hidden = part !== id;
  if (id !== "copies") leave();
};

const openCitation = (citation, button) => article.open(citation.article.id, citation, button);

// Asking

async function run(question, chosen, after = []) {
  running?.abort();
  const mine = (running = new AbortController());
  article.close();
  begin(question, after);
  try {
    await tryOften(question, { filters: chosen, wording: wordingWanted(), after }, mine.signal);
  } catch (problem) {
    if (mine.signal.aborted) return;
    fail(problem);
  } finally {
    if (running === mine) {
      running = null;
      busy(false);
    }
  }
}

// A server with its hands full says when to come back; so does the page, by itself.
async function tryOften(question, how, signal) {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await follow(question, how, signal);
    } catch (problem) {
      const again = problem instanceof Problem && [429, 503].includes(problem.status) && problem.retryAfter;
      if (!again || left === 1 || problem.retryAfter > 15) throw problem;
      say(`The server is busy; asking again in ${problem.retryAfter} s…`);
      await pause(problem.retryAfter * 1000, signal);
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

// What is to be shown where a model's own words are not proved; nothing is said where no model is set.
const wordingWanted = () => (byId("wording-part").hidden ? null : byId("wording").checked ? "marked" : "proved");

async function follow(question, how, signal) {
  let answered = false;
  for await (const { name, data } of ask(question, how, signal)) {
    if (name === "hits") found(data.hits);
    if (name === "sentence") addSentence(data);
    if (name === "answer") finish(data);
    if (name === "error") throw new Problem(data.status, data.detail);
    answered ||= name === "answer";
  }
  if (!answered) throw new Problem(0, "The connection ended before the answer was there.");
}

function begin(question, after) {
  asked = question;
  document.title = `${shown(question)} · Dateline`;
  shownPart("answer");
  document.documentElement.classList.add("answering");
  byId("answer").replaceChildren(
    thread.earlier(after) ?? "",
    foreign(question, "h2", { id: "asked", tabindex: "-1" }),
    element("div", { id: "sentences" }),
  );
  busy(true);
  say("Looking through the archive…");
}

function found(hits) {
  const outlets = new Set(hits.map((hit) => outletName(hit.article)));
  say(`Reading ${count(hits.length, "passage")} from ${count(outlets.size, "outlet")}…`);
}

function addSentence({ sentence, citations }) {
  byId("sentences").append(sentenceParts(sentence, citations, openCitation));
}

function finish(answer) {
  last = { address: location.search, answer };
  const after = thread.before(new URLSearchParams(location.search));
  thread.remember(asked, location.search);
  byId("asked").after(...[thread.readAs(answer)].filter(Boolean));
  const byNumber = new Map(answer.citations.map((citation) => [citation.number, citation]));
  const parts = answer.abstention
    ? [thread.meant(answer), abstention(answer, openCitation)].filter(Boolean)
    : answer.sentences.map((sentence) =>
        sentenceParts(sentence, sentence.citations.map((number) => byNumber.get(number)), openCitation, answer.dates),
      );
  byId("sentences").replaceChildren(certainty(answer), ...parts);
  if (!answer.abstention) byId("answer").append(...[corrections(answer, openCitation), laterReports(answer, openCitation), originsLine(answer), differences(answer, openCitation), sources(answer, openCitation)].filter(Boolean));
  byId("answer").append(...[cutSentences(answer), footing(answer), goOn(asked, answer), followButton(asked, answer, after), judging(answer, after), thread.followUp(asked, after, askOn, anew), takeAlong(location.search)].filter(Boolean));
  say(summary(answer));
  if (document.activeElement === byId("question") || document.activeElement === document.body) {
    byId("asked").focus({ preventScroll: true }); // arrows now go through the citations, "/" goes back
  }
}

function fail(problem) {
  say("");
  if (problem.status === 401) {
    byId("key-field").hidden = false;
    byId("key").focus();
  }
  const detail = problem instanceof Problem ? problem.message : "The server cannot be reached.";
  byId("sentences").replaceChildren(
    element("div", { class: "notice", role: "alert" }, element("strong", {}, "No answer this time. "), detail),
  );
}

// The address says what was asked, so that it can be sent to somebody

function submit() {
  const question = byId("question").value.trim();
  if (!question) return byId("question").focus();
  if (running && question === asked) return stop();
  const key = byId("key").value.trim();
  if (key) {
    setKey(key);
    byId("key").value = "";
    byId("key-field").hidden = true;
  }
  const chosen = filters.current();
  askAt(question, chosen, []);
}

function askOne(question) {
  byId("question").value = question;
  submit();
}

// A follow-up, with the questions before it.
function askOn(question, after) {
  byId("question").value = question;
  askAt(question, filters.current(), after);
  window.scrollTo(0, 0);
}

function askAt(question, chosen, after) {
  const from = new URLSearchParams();
  filters.toAddress(chosen, from);
  const target = thread.addressOf(question, after, from);
  if (target !== location.search) history.pushState(null, "", target);
  run(question, chosen, after);
}

function anew() {
  byId("question").value = "";
  history.pushState(null, "", location.pathname);
  fromAddress();
  byId("question").focus();
}

function fromAddress() {
  const address = new URLSearchParams(location.search);
  const view = address.get("view");
  for (const link of document.querySelectorAll(".rooms a")) {
    const here = link.getAttribute("href") === `?view=${view}`;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (Object.hasOwn(VIEWS, view)) return listing(VIEWS[view], address);
  const question = (address.get("q") ?? "").slice(0, 1000);
  byId("question").value = question;
  filters.use(filters.fromAddress(address));
  if (question.trim() && last?.address === location.search) again(question.trim());
  else if (question.trim()) run(question.trim(), filters.current(), thread.before(address));
  else {
    rest();
    article.openAddress(address);
  }
}

// Back to the answer that was given last, as it was.
function again(question) {
  settle();
  begin(question, thread.before(new URLSearchParams(location.search)));
  finish(last.answer);
  busy(false);
}

function rest() {
  settle();
  document.title = "Dateline";
  document.documentElement.classList.remove("answering");
  thread.showRemembered();
  shownPart("opening");
}

function listing({ title, show }, address) {
  settle();
  document.documentElement.classList.add("answering");
  document.title = `${title} · Dateline`;
  byId("question").value = address.get("q") ?? "";
  filters.use(filters.fromAddress(address));
  shownPart("copies");
  show(address);
  if (document.activeElement === document.body) byId("copies-title").focus({ preventScroll: true });
}

function settle() {
  if (running) stop();
  article.close();
  say("");
}

// A link to another view of this page is followed without loading it again.
function follows(event) {
  const link = event.target.closest("a[data-inner]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  link.blur(); // it may be gone: the view that is shown now takes the focus
  window.scrollTo(0, 0);
  fromAddress();
}

// Keys

const isTyping = (target) => target.closest("input, textarea, select, summary") !== null;

function step(by) {
  const all = [...document.querySelectorAll("#sentences .marker")];
  const numbers = all.map((marker) => marker.dataset.citation);
  const markers = all.filter((marker, place) => numbers.indexOf(marker.dataset.citation) === place);
  if (!markers.length) return false;
  const shownNow = Number(byId("article").dataset.citation) || 0;
  const at = markers.findIndex((marker) => Number(marker.dataset.citation) === shownNow && article.isOpen());
  const next = markers[at < 0 ? (by > 0 ? 0 : markers.length - 1) : (at + by + markers.length) % markers.length];
  next.click();
  return true;
}

function escape() {
  if (article.isOpen()) return article.close();
  if (running) return stop();
  return byId("question").blur();
}

function stop() {
  running.abort();
  running = null;
  busy(false);
  say("Stopped.");
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return escape();
  if (isTyping(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    if (article.isOpen()) article.close();
    byId("question").focus();
    byId("question").select();
  }
  if (event.key === "ArrowRight" && step(1)) event.preventDefault();
  if (event.key === "ArrowLeft" && step(-1)) event.preventDefault();
}

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
byId("home").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  anew();
});
document.addEventListener("click", follows);
document.addEventListener("keydown", key);
window.addEventListener("popstate", fromAddress);
filters.listen();
thread.listen();
shelf(article.open, askOne);
fromAddress();
