// Small hands for the page. Foreign words enter only as text nodes: nothing here, or anywhere, parses HTML.

import { nested } from "./marks.js";

const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

export const byId = (id) => document.getElementById(id);

// Marks that reorder other people's text are never shown; the words around them stay as they are.
export const shown = (text) => String(text ?? "").replace(BIDI_CONTROLS, "");

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "onclick") made.addEventListener("click", value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// Words written by others: isolated, so that a right-to-left title cannot reorder what stands beside it.
export function foreign(text, tag = "bdi", attributes = {}) {
  return element(tag, { dir: "auto", ...attributes }, shown(text));
}

// Words of an article within quotation marks, which the browser sets: their own are such as stand within these.
export const inMarks = (text) => element("q", { dir: "auto" }, nested(shown(text)));

const SEEN = 9; // rows of a list within a list

// Such a list; what goes beyond it unfolds, under what `told` says of so many rows.
export function folded(tag, rows, told, { seen = SEEN, name = "copies" } = {}) {
  const list = seen ? [element(tag, { class: name }, ...rows.slice(0, seen))] : [];
  const rest = rows.slice(seen);
  if (!rest.length) return list;
  return [...list, element("details", { class: "rest" }, element("summary", {}, ...told(rest.length)), element(tag, { class: name }, ...rest))];
}

// Only http and https lead anywhere, and only where they seem to; any other address is no link at all.
export function webAddress(url) {
  if (!url) return null;
  try {
    const parsed = new URL(url);
    const leads = ["http:", "https:"].includes(parsed.protocol) && !parsed.username && !parsed.password;
    return leads ? parsed.href : null;
  } catch {
    return null;
  }
}

export function outward(url, text) {
  const href = webAddress(url);
  return href ? element("a", { href, rel: "noopener noreferrer nofollow", target: "_blank" }, text) : null;
}

export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = element("textarea", { class: "unseen", readonly: true });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy"); // over plain http there is no other way
  field.remove();
  if (!done) throw new Error("the browser did not copy");
}
