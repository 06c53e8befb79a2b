// What the archive holds, page by page: copies of one text, and below them stories that were told on; feeds.

import { get } from "./asking.js";
import { byId, element } from "./dom.js";
import { addressOf, origin } from "./origins.js";
import { feed } from "./feeds.js";
import { story } from "./stories.js";
import { count } from "./words.js";

const A_PAGE = 10;
let turn = 0;

// Both lists, or what belongs to one article. `open(id, citation, button)` shows an article, with the words of the citation marked.
export async function show(article, open) {
  const mine = (turn += 1);
  const wanted = () => mine === turn;
  byId("copies").replaceChildren();
  if (await listed(copies(article, open), article, wanted)) await listed(stories(article, open), article, wanted);
}

// The feeds that are read, and what came of it.
export async function showFeeds() {
  const mine = (turn += 1);
  byId("copies").replaceChildren();
  await listed(feeds(), null, () => mine === turn);
}

export const leave = () => (turn += 1); // what still comes is for nobody

function copies(article, open) {
  const all = element("a", { href: addressOf(), "data-inner": true }, "All copies in this archive");
  return {
    path: "origins",
    id: "copies-title",
    title: article ? "Copies of one text" : "Copies in this archive",
    hint: "Articles that are copies of one text count as one origin, however many outlets print them. Where a copy differs, the words of both are shown.",
    items: (page) => page.origins.map((one) => origin(one, open)),
    told: (page) => (article ? all : page.total ? `${count(page.total, "text")} with copies` : "No article here is a copy of another."),
  };
}

function stories(article, open) {
  const alone = (page) => article && page.stories[0].articles.length < 2;
  return {
    path: "stories",
    id: "stories-title",
    title: article ? "The same story" : "Stories told on",
    hint: "An article that tells a story later, with other news in it, is no copy. The articles of a story stand in the order of their dates.",
    items: (page) => (alone(page) ? [] : page.stories.map((one) => story(one, open))),
    told: (page) => {
      if (article) return alone(page) ? "No other article here tells its story." : "";
      return page.total ? `${count(page.total, "story", "stories")} told on` : "No article here tells the story of another later.";
    },
  };
}

function feeds() {
  return {
    path: "feeds",
    id: "copies-title",
    title: "Feeds of this archive",
    hint: "Feeds and sitemaps that fill this archive while somebody watches them; each is read as often as it allows.",
    items: (page) => page.feeds.map(feed),
    told: (page) => (page.total ? count(page.total, "feed") : "No feed was added."),
  };
}

// A heading, what the list is, how much there is, the list, and a button for more; whether its first page came.
async function listed({ path, id, title, hint, items, told }, article, wanted) {
  const status = element("p", { class: "hint", role: "status" }, "Looking…");
  const list = element("ol", { class: "listed" });
  const part = element("div", {}, element("h2", { id, tabindex: "-1" }, title), element("p", { class: "hint" }, hint), status, list);
  byId("copies").append(part);
  return add(0);

  async function add(offset) {
    try {
      const query = article ? `article=${encodeURIComponent(article)}` : `offset=${offset}&limit=${A_PAGE}`;
      const page = await get(`${path}?${query}`);
      if (!wanted()) return false;
      const rows = items(page);
      list.append(...rows);
      status.replaceChildren(told(page));
      if (offset) rows[0]?.querySelector("button")?.focus();
      if (page.next !== null) part.append(moreButton(page.next));
      return true;
    } catch (problem) {
      if (!wanted()) return false;
      status.textContent = "";
      part.append(element("div", { class: "notice", role: "alert" }, problem.message));
      if (problem.status === 401) byId("key-field").hidden = false;
      return false;
    }
  }

  function moreButton(next) {
    const button = element("button", { type: "button", class: "more" }, "More");
    button.addEventListener("click", () => {
      button.remove();
      add(next);
    });
    return button;
  }
}
