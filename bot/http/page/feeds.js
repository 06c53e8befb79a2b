// A feed as people read it: when it was read, when it will be, what it brought and what went wrong.

import { element, foreign, outward, shown } from "./dom.js";
import { count, dateWords } from "./words.js";

export function feed(one) {
  const errors = Object.entries(one.errors).map(([name, times]) => `${name} ${times}`);
  const next = one.state === "read" ? `next ${moment(one.next_at)}` : shown(one.ended ?? one.state);
  const read = one.read_at ? `read ${moment(one.read_at)} (${one.status})` : one.url && "not read yet";
  const brought = `${count(one.new, "new article")}, ${count(one.changed, "revision")}`;
  const facts = [one.kind, read, next, brought, ...errors].filter(Boolean).join(" · ");
  const whole = one.url && !one.url.includes("•••"); // else there are parts that are not for everybody
  const address = (whole && outward(one.url, shown(one.url))) || foreign(one.url);
  return element(
    "li",
    { class: "copied" },
    foreign(one.title || one.url, "h3", { class: "headline" }),
    one.url ? element("p", { class: "byline" }, address) : null,
    element("p", { class: "byline" }, facts),
  );
}

const moment = (iso) => dateWords(iso.slice(0, 16) + "Z");
