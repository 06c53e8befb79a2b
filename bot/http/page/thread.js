// A thread of questions: those asked before stand in the address, and what was asked at all in this browser alone.

import { byId, element, foreign } from "./dom.js";

const MOST = 6; // questions of a thread that are sent along
const KEPT = 30; // questions that this browser remembers
const ASKED = "dateline-asked";

export const before = (address) => address.getAll("after").map((one) => one.slice(0, 1000)).filter((one) => one.trim()).slice(-MOST);

// The address of a question that follows others, with the filters of the address that it is asked from.
export function addressOf(question, after, from = new URLSearchParams()) {
  const address = new URLSearchParams(from);
  for (const name of ["q", "after", "view", "article", "start", "end", "revision"]) address.delete(name);
  const made = new URLSearchParams([["q", question], ...after.slice(-MOST).map((one) => ["after", one])]);
  return `?${new URLSearchParams([...made, ...address])}`;
}

// What was asked before in this thread, each leading to its answer.
export function earlier(after) {
  if (!after.length) return null;
  const from = new URLSearchParams(location.search);
  const rows = after.map((one, place) => element("li", {}, foreign(one, "a", { href: addressOf(one, after.slice(0, place), from), "data-inner": true })));
  return element("ol", { class: "earlier", "aria-label": "Asked before in this thread" }, ...rows);
}

// Other spellings that the archive has of a word that it lacks: each asks the question again with it.
export function meant(answer) {
  const [word] = answer.abstention?.missing ?? [];
  const near = answer.abstention?.near ?? [];
  const from = new URLSearchParams(location.search);
  const asked = from.get("q") ?? answer.question;
  const outlet = from.getAll("outlet").includes(word);
  if (!near.length || !word || !(outlet || asked.includes(word))) return null;
  const leads = near.map((one) => {
    const other = new URLSearchParams(from);
    if (outlet) other.set("outlet", one);
    const href = addressOf(outlet ? asked : asked.replace(word, () => one), before(from), other);
    return foreign(one, "a", { class: "chip", href, "data-inner": true });
  });
  return element("p", { class: "meant" }, element("span", { class: "label" }, "Did you mean"), ...leads);
}

// `ask(question, after)` asks on; `anew()` begins another thread.
export function followUp(question, after, ask, anew) {
  const field = element("input", { type: "text", maxlength: "1000", dir: "auto", autocomplete: "off", enterkeyhint: "search", placeholder: "Ask a follow-up…", "aria-label": "A follow-up to this question" });
  const fresh = element("button", { type: "button", class: "quiet", onclick: anew }, "New question");
  const form = element("form", { class: "follow" }, element("div", { class: "box" }, field, element("button", { type: "submit" }, "Ask on")), fresh);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) ask(field.value.trim(), [...after, question]);
    else field.focus();
  });
  return form;
}

// How a follow-up was read, where it stands: beside the question.
export function readAs({ notes, note_kinds: kinds }) {
  const at = kinds.indexOf("read_as");
  return at < 0 ? null : foreign(notes[at], "p", { class: "byline read-as" });
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(ASKED)) ?? [];
  } catch {
    return []; // another page's, or a browser that keeps nothing
  }
}

export function remember(question, search) {
  const others = kept().filter((one) => one.search !== search);
  try {
    localStorage.setItem(ASKED, JSON.stringify([{ question, search }, ...others].slice(0, KEPT)));
  } catch {
    // a browser that keeps nothing
  }
}

export function showRemembered() {
  const rows = kept().filter(({ search }) => String(search).startsWith("?"));
  byId("remembered").replaceChildren(...rows.slice(0, 8).map(({ question, search }) => element("li", {}, foreign(question, "a", { href: search, "data-inner": true }))));
  byId("remembered-part").hidden = !rows.length;
}

export function listen() {
  byId("forget").addEventListener("click", () => {
    localStorage.removeItem(ASKED);
    showRemembered();
    byId("question").focus();
  });
}
