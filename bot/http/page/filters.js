// Which articles may be used: what a person chose, in the form, in the address and in the question sent.

import { byId, element, foreign } from "./dom.js";
import { dateWords } from "./words.js";

const DATES = ["since", "until", "as_of"];
const chosen = new Set();
let known = new Set();

export function offerOutlets(outlets) {
  known = new Set(outlets.map((outlet) => outlet.name));
  byId("outlets").replaceChildren(
    ...outlets.map(({ name, articles }) => element("option", { value: name, label: `${articles}` })),
  );
}

export function current() {
  const filters = { outlet: [...chosen] };
  for (const name of DATES) filters[name] = byId(name).value || null;
  return filters;
}

export function use(filters) {
  chosen.clear();
  for (const name of filters.outlet ?? []) chosen.add(name);
  for (const name of DATES) byId(name).value = filters[name] ?? "";
  show();
  if (number()) byId("filters").open = true;
}

export function fromAddress(address) {
  const filters = { outlet: address.getAll("outlet") };
  for (const name of DATES) filters[name] = address.get(name);
  return filters;
}

export function toAddress(filters, address) {
  for (const name of filters.outlet) address.append("outlet", name);
  for (const name of DATES) if (filters[name]) address.set(name, filters[name]);
}

// What was used, in words: also what was read from the question itself.
export function inWords(filters) {
  const parts = [];
  if (filters.outlet?.length) parts.push(`from ${filters.outlet.join(", ")}`);
  if (filters.since) parts.push(`since ${dateWords(filters.since)}`);
  if (filters.until) parts.push(`until ${dateWords(filters.until)}`);
  if (filters.as_of) parts.push(`as known on ${dateWords(filters.as_of)}`);
  return parts.length ? `Only articles ${parts.join(", ")}` : "";
}

const number = () => chosen.size + DATES.filter((name) => byId(name).value).length;

function show() {
  byId("filter-count").textContent = number() ? ` · ${number()}` : "";
  byId("chosen").replaceChildren(
    ...[...chosen].map((name) =>
      element(
        "li",
        {},
        element(
          "button",
          { type: "button", class: "chip", "aria-label": `Remove ${name}`, onclick: () => remove(name) },
          foreign(name),
          element("span", { "aria-hidden": "true" }, " ×"),
        ),
      ),
    ),
  );
}

function remove(name) {
  chosen.delete(name);
  show();
  byId("outlet").focus();
}

function choose(anything) {
  const field = byId("outlet");
  const name = field.value.trim();
  if (!name || !(anything || known.has(name))) return false;
  chosen.add(name);
  field.value = "";
  show();
  return true;
}

export function listen() {
  byId("outlet").addEventListener("input", () => choose(false));
  byId("outlet").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // Enter chooses the outlet; it does not send the question yet
    choose(true);
  });
  byId("outlet").addEventListener("change", () => choose(true));
  for (const name of DATES) byId(name).addEventListener("change", show);
}
