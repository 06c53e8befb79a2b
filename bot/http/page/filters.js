// Which articles may be used: what a person chose, in the form, in the address and in the question sent.

import { get } from "./asking.js";
import { byId, element, foreign } from "./dom.js";
import { dateWords, lastDay } from "./words.js";

const DAY = 86_400_000;
const DATES = ["since", "until", "as_of"];
const OUTLETS = 6; // that are one click away
const chosen = new Set();
let known = new Set();
let newest = null; // the last day of the archive
let presets = []; // {name, articles, since, until} or {name, articles, outlet}

export function offerOutlets(outlets, last) {
  known = new Set(outlets.map((outlet) => outlet.name));
  newest = last;
  presets = outlets.slice(0, OUTLETS).map(({ name, articles }) => ({ name, articles, outlet: name }));
  if (byId("filters").open) offerPresets();
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

// What many ask for, each with how many articles it leaves; found when somebody first looks.
async function offerPresets() {
  if (!newest || presets.some((one) => one.since)) return show();
  try {
    const day = new Date().toISOString().slice(0, 10);
    const current = Date.parse(day) - Date.parse(newest) < 7 * DAY;
    const lasts = [7, 30].map((days) => {
      const since = new Date(Date.parse(current ? day : newest) - (days - 1) * DAY).toISOString().slice(0, 10);
      return { name: current ? `Last ${days} days` : `Last ${days} days to ${dateWords(newest)}`, since, until: null };
    });
    const totals = await Promise.all(lasts.map(({ since }) => get(`articles?limit=1&since=${since}`)));
    const { months } = await get("counts");
    const year = (months[0]?.month ?? newest).slice(0, 4);
    const ofYear = months.filter(({ month }) => month.startsWith(year)).reduce((sum, { articles }) => sum + articles, 0);
    const [month] = months;
    const dates = [
      ...lasts.map((one, at) => ({ ...one, articles: totals[at].total })),
      ...(month ? [{ name: dateWords(month.month), articles: month.articles, since: `${month.month}-01`, until: lastDay(month.month) }] : []),
      { name: year, articles: ofYear, since: `${year}-01-01`, until: `${year}-12-31` },
    ];
    presets = [...dates.filter(({ articles }) => articles), ...presets];
  } catch {
    // without them the fields do
  }
  show();
}

const isSet = ({ outlet, since, until }) => (outlet ? chosen.has(outlet) : byId("since").value === since && byId("until").value === (until ?? ""));

function set(preset) {
  const on = !isSet(preset);
  if (preset.outlet) chosen[on ? "add" : "delete"](preset.outlet);
  else for (const name of ["since", "until"]) byId(name).value = on ? (preset[name] ?? "") : "";
  show();
}

// The same buttons stay, so that the one that was pressed keeps the focus.
function showPresets() {
  const list = byId("presets");
  if (list.childElementCount !== presets.length) {
    list.replaceChildren(
      ...presets.map((one) => {
        const many = element("span", { class: "many" }, one.articles.toLocaleString("en"));
        return element("li", {}, element("button", { type: "button", class: "chip", onclick: () => set(one) }, foreign(one.name), " ", many));
      }),
    );
  }
  presets.forEach((one, at) => list.children[at].firstChild.setAttribute("aria-pressed", isSet(one)));
}

const number = () => chosen.size + DATES.filter((name) => byId(name).value).length;

function show() {
  byId("filter-count").textContent = number() ? ` · ${number()}` : "";
  showPresets();
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
  byId("filters").addEventListener("toggle", () => byId("filters").open && offerPresets());
  byId("outlet").addEventListener("input", () => choose(false));
  byId("outlet").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // Enter chooses the outlet; it does not send the question yet
    choose(true);
  });
  byId("outlet").addEventListener("change", () => choose(true));
  for (const name of DATES) byId(name).addEventListener("change", show);
}
