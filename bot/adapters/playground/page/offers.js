// The list above the box: commands of the menu, or what the bot offers in inline mode.

import { directed, make } from "./text.js";

let made = 0;

export class Offers {
  constructor(input) {
    this.input = input;
    this.items = [];
    this.chosen = 0;
    this.element = make("ul", "menu");
    this.element.id = `menu-${(made += 1)}`;
    this.element.role = "listbox";
    this.element.hidden = true;
    Object.assign(input, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" });
    input.setAttribute("aria-controls", this.element.id);
  }

  get open() {
    return this.items.length > 0;
  }

  // Items are {name, says, take}, and may have {photo, fill}; `fill` is what Tab writes.
  show(label, items, chosen = 0) {
    this.element.ariaLabel = label;
    this.items = items;
    this.chosen = chosen;
    this.draw();
  }

  close() {
    if (this.open) this.show(this.element.ariaLabel, []);
  }

  draw() {
    const { element, input } = this;
    element.replaceChildren(...this.items.map((item, place) => this.line(item, place)));
    element.hidden = !this.open;
    input.ariaExpanded = String(this.open);
    if (!this.open) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${element.id}-${this.chosen}`);
    element.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  line(item, place) {
    const line = make("li");
    line.id = `${this.element.id}-${place}`;
    line.role = "option";
    line.ariaSelected = String(place === this.chosen);
    if (item.photo) line.append(picture(item.photo));
    const words = make("span", "words");
    words.append(directed(make("span", "name", item.name), item.name));
    if (item.says) words.append(directed(make("span", "says", item.says), item.says));
    line.append(words);
    // Not click: the input would lose the focus and close the list first.
    line.addEventListener("mousedown", (event) => {
      event.preventDefault();
      item.take();
    });
    return line;
  }

  // True for a key that the open list took.
  key(key) {
    if (!this.open) return false;
    const item = this.items[this.chosen];
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) {
      this.chosen = (this.chosen + step + this.items.length) % this.items.length;
      this.draw();
    } else if (key === "Enter") {
      item.take();
    } else if (key === "Tab" && item.fill) {
      this.input.value = item.fill;
      this.close();
    } else if (key === "Escape") {
      this.close();
    }
    return Boolean(step) || key === "Enter" || key === "Escape" || (key === "Tab" && Boolean(item.fill));
  }
}

function picture({ src }) {
  const image = make("img");
  image.src = src;
  image.alt = "";
  return image;
}
