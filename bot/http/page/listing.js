// A list that the archive gives page by page: a heading, what it is, how much there is, the rows, a button for more.

import { get } from "./asking.js";
import { byId, element } from "./dom.js";

let turn = 0;

// A new view: what still comes for another is for nobody. Returns whether this one is still wanted.
export function begin() {
  const mine = (turn += 1);
  byId("copies").replaceChildren();
  return () => mine === turn;
}

export const leave = () => (turn += 1);

// `address(offset)` is where its pages are, `items(page)` are rows, `told(page)` says how much there is. Returns
// whether the first page came.
export async function listed({ address, id = "copies-title", title, hint, beside = [], items, told }, wanted) {
  const status = element("p", { class: "hint", role: "status" }, "Looking…");
  const list = element("ol", { class: "listed" });
  const part = element("div", {}, element("h2", { id, tabindex: "-1" }, title), hint ? element("p", { class: "hint" }, hint) : null, status, ...beside, list);
  byId("copies").append(part);
  return add(0);

  async function add(offset) {
    try {
      const page = await get(address(offset));
      if (!wanted()) return false;
      const rows = items(page);
      list.append(...rows);
      status.replaceChildren(...[told(page)].flat());
      if (offset) rows[0]?.querySelector("button, a")?.focus();
      if (page.next) part.append(moreButton(page.next));
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
