// What the archive holds, and where to begin: its size, questions to ask, its latest articles.

import { get } from "./asking.js";
import { headline } from "./browse.js";
import { byId, element, foreign } from "./dom.js";
import { offerFeedback } from "./feedback.js";
import { offerOutlets } from "./filters.js";
import { offerFollowing } from "./following.js";
import { addressOf } from "./origins.js";
import { count, dateWords } from "./words.js";

const LATEST = 6;
const LOOKS = 20; // for examples, while the server is finding them
const PAUSE_MS = 4000;

// `open` shows an article, `ask` a question's answer.
export async function shelf(open, ask) {
  try {
    const status = await get("status");
    const dates = [status.first, status.last].map((date) => date && dateWords(date.slice(0, 10)));
    const span = dates[0] && dates[1] ? ` · ${dates[0]} – ${dates[1]}` : "";
    const copied = element("a", { href: addressOf(), "data-inner": true }, count(status.copies, "copy", "copies"));
    byId("shelf").replaceChildren(`${count(status.articles, "article")} from ${count(status.outlets.length, "outlet")}${span}`, ...(status.copies ? [" · ", copied] : []));
    offerOutlets(status.outlets, status.last);
    byId("wording-part").hidden = !status.llm;
    byId("wording").checked = status.wording === "marked";
    offer(status.examples, ask);
    offerFeedback(status.feedback);
    await offerFollowing(status.follows);
    const { articles, total } = await get(`articles?limit=${LATEST}`);
    byId("latest").replaceChildren(...articles.map((one) => headline(one, open)));
    byId("latest-part").hidden = !articles.length;
    byId("all-articles").textContent = `All ${count(total, "article")}, by outlet and month`;
    if (!status.examples.length && articles.length) await find(ask, LOOKS);
  } catch (problem) {
    if (problem.status === 401) byId("key-field").hidden = false;
  }
}

// The server may still be finding some; then it is asked again, a few times.
async function find(ask, left) {
  const { examples, finding } = await get("examples");
  offer(examples, ask);
  if (finding && left > 1) setTimeout(() => find(ask, left - 1).catch(() => {}), PAUSE_MS);
}

function offer(questions, ask) {
  byId("examples").replaceChildren(...questions.map((question) => element("li", {}, foreign(question, "button", { type: "button", class: "example", onclick: () => ask(question) }))));
  byId("examples-part").hidden = !questions.length;
}
