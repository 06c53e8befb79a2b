// Copies of one text, stories that were told on, and feeds, as lists of the archive.

import { element } from "./dom.js";
import { feed } from "./feeds.js";
import { begin, listed } from "./listing.js";
import { addressOf, origin } from "./origins.js";
import { story } from "./stories.js";
import { count } from "./words.js";

// Copies; of one article its copies and its story. `open(id, citation, button)` shows an article, with the words of
// the citation marked.
export async function showCopies(article, open) {
  const wanted = begin();
  if ((await listed(copies(article, open), wanted)) && article) await listed(stories(article, open), wanted);
}

export const showStories = (open) => listed(stories(null, open), begin());

// The feeds that are read, and what came of it.
export const showFeeds = () => listed(FEEDS, begin());

const A_PAGE = 10;

const pages = (path, article) => (offset) => `${path}?${article ? `article=${encodeURIComponent(article)}` : `offset=${offset}&limit=${A_PAGE}`}`;

function copies(article, open) {
  const all = element("a", { href: addressOf(), "data-inner": true }, "All copies in this archive");
  return {
    address: pages("origins", article),
    title: article ? "Copies of one text" : "Copies in this archive",
    hint: "Articles that are copies of one text count as one origin, however many outlets print them. Where a copy differs, the words of both are shown.",
    items: (page) => page.origins.map((one) => origin(one, open, Boolean(article))),
    told: (page) => (article ? all : page.total ? `${count(page.total, "text")} with copies` : "No article here is a copy of another."),
  };
}

function stories(article, open) {
  const alone = (page) => article && page.stories[0].articles.length < 2;
  return {
    address: pages("stories", article),
    id: article ? "stories-title" : "copies-title",
    title: article ? "The same story" : "Stories told on",
    hint: "An article that tells a story later, with other news in it, is no copy. The articles of a story stand in the order of their dates.",
    items: (page) => (alone(page) ? [] : page.stories.map((one) => story(one, open))),
    told: (page) => {
      if (article) return alone(page) ? "No other article here tells its story." : "";
      return page.total ? `${count(page.total, "story", "stories")} told on` : "No article here tells the story of another later.";
    },
  };
}

const FEEDS = {
  address: pages("feeds"),
  title: "Feeds of this archive",
  hint: "Feeds and sitemaps that fill this archive while somebody watches them; each is read as often as it allows.",
  items: (page) => page.feeds.map(feed),
  told: (page) => (page.total ? count(page.total, "feed") : "No feed was added."),
};
