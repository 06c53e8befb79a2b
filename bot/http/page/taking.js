// An answer taken along: links to the same question in other forms. A link carries no key, so that a server
// that wants one gets none of them.

import { element } from "./dom.js";
import { hasKey } from "./asking.js";

const FORMS = { html: "page", markdown: "Markdown", csv: "table", newsroom: "newsroom line", ris: "RIS", bibtex: "BibTeX", "csl-json": "CSL-JSON", record: "record to verify later" };

export function takeAlong(search) {
  if (hasKey() || !search.includes("q=")) return null;
  const forms = Object.entries(FORMS).map(([form, name]) => link(`ask${search}&format=${form}`, name));
  const links = [...forms, link(`timeline${search}&format=html`, "timeline of the subject")];
  return element("p", { class: "hint taking" }, "Take along: ", ...links.flatMap((one, at) => (at ? [" · ", one] : [one])));
}

const link = (href, name) => element("a", { href }, name);
