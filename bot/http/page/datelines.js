// Where a report was written, as agencies begin it.

import { element } from "./dom.js";

const DATELINE = /^(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]+(?:, [A-Z][\w.]+)?(?: \([A-Z][\w ]+\))?|[A-ZÀ-Þ][\w.'’, -]{1,40} \([A-Z]{2,}\)) ?(?:—|–|--) ?/;

// "MOSCOW (AP) — It rained." → the first part of it set apart from what it says.
export function datelined(text) {
  const found = DATELINE.exec(text)?.[0] ?? "";
  return found ? [element("span", { class: "dateline" }, found), text.slice(found.length)] : [text];
}
