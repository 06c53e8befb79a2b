// How many articles on a subject each month has: a bar a month, in the order of time, months without any too.

import { dateWords } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const HIGH = 40;

export function monthBars(months) {
  if (months.length < 2) return [];
  const first = numberOf(months[0].month);
  const wide = numberOf(months.at(-1).month) - first + 1;
  const most = Math.max(...months.map(({ articles }) => articles));
  const told = months.filter(({ articles }) => articles).map(words).join(", ");
  const chart = drawn("svg", { class: "months", viewBox: `0 0 ${wide} ${HIGH}`, preserveAspectRatio: "none", role: "img", "aria-label": `Articles a month: ${told}` });
  for (const one of months) {
    const high = (HIGH * one.articles) / most;
    const bar = drawn("rect", { x: numberOf(one.month) - first + 0.1, y: HIGH - high, width: 0.8, height: high });
    bar.append(drawn("title", {}, words(one)));
    chart.append(bar);
  }
  return [chart];
}

const words = ({ month, articles }) => `${dateWords(month)}: ${articles}`;
const numberOf = (month) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5, 7));

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
