// What a reader says of an answer: kept by the server as a case for its owner, where the owner takes any.

import { post } from "./asking.js";
import { byId, element } from "./dom.js";

const JUDGEMENTS = { good: "Good", wrong: "Wrong", not_an_answer: "Not an answer" };
let taken = false;

export function offerFeedback(is) {
  taken = is;
  for (const row of byId("answer").querySelectorAll(".judging")) row.hidden = !is;
}

export function judging(answer, history) {
  const names = Object.keys(JUDGEMENTS).filter((name) => name !== "not_an_answer" || !answer.abstention);
  const row = element("p", { class: "judging", role: "group", "aria-label": "What do you say of this answer?" });
  row.hidden = !taken;
  row.append(...names.map((name) => element("button", { type: "button", class: "chip", onclick: () => send(row, name, answer, history) }, JUDGEMENTS[name])));
  return row;
}

async function send(row, judgement, answer, history) {
  const { question, filters, sentences, citations } = answer;
  const said = sentences.map((one) => one.short?.text ?? one.text);
  const articles = [...new Set(citations.map((one) => one.article.id))];
  const told = element("span", { role: "status" }, "Sending…");
  row.replaceChildren(told);
  try {
    await post("feedback", { question, judgement, filters, history, said, articles });
    told.textContent = "Thank you. It is kept for the owner of this archive.";
  } catch (problem) {
    told.textContent = `Not kept: ${problem.message}`;
  }
}
