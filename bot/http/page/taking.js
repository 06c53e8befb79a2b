// An answer taken along: links to the same question in other forms. A link carries no key, so that a server
// that wants one gets none of them.

import { hasKey } from "./asking.js";
import { element } from "./dom.js";
import { viewOf } from "./searching.js";

const FORMS = { html: "page", markdown: "Markdown", csv: "table", newsroom: "newsroom line", ris: "RIS", bibtex: "BibTeX", "csl-json": "CSL-JSON", record: "record to verify later" };

export function takeAlong(search) {
  if (hasKey() || !search.includes("q=")) return null;
  const forms = Object.entries(FORMS).map(([form, name]) => link(`ask${search}&format=${form}`, name));
  return element("p", { class: "hint taking" }, "Take along: ", ...forms.flatMap((one, at) => (at ? [" · ", one] : [one])));
}

const link = (href, name) => element("a", { href }, name);

// What else the archive has on the question; day by day, where what is quoted has days.
export function goOn(question, { citations, abstention }) {
  const quoted = [...citations, ...(abstention?.nearest ?? [])];
  const days = new Set(quoted.map(({ article }) => article.published?.slice(0, 10)).filter(Boolean));
  const inner = (view, name) => element("a", { href: viewOf(view, question), "data-inner": true }, name);
  return element("p", { class: "actions go-on" }, inner("passages", "More passages"), days.size ? inner("timeline", "Day by day") : null);
}
