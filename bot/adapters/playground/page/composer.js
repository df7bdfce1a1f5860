// Where a person types: Enter sends, "/" opens the bot's command menu.

import { make } from "./text.js";

let made = 0;

export class Composer {
  // `send(text)` sends it; `seat()` gives who sits here now.
  constructor({ seat, send }) {
    this.seat = seat;
    this.send = send;
    this.chosen = 0;
    this.offers = [];
    this.element = make("form", "composer");
    this.input = make("textarea");
    this.list = make("ul", "menu");
    this.slash = make("button", "slash", "/");
    this.start = make("button", "primary start", "Start");
    this.build();
  }

  build() {
    const { input, list, slash, start } = this;
    list.id = `menu-${(made += 1)}`;
    list.role = "listbox";
    list.ariaLabel = "Commands";
    list.hidden = true;
    Object.assign(input, { rows: 1, maxLength: 4096, dir: "auto", placeholder: "Message" });
    Object.assign(input, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" });
    input.setAttribute("aria-controls", list.id);
    slash.type = start.type = "button";
    slash.ariaLabel = "Commands";
    const submit = make("button", "primary send");
    submit.ariaLabel = "Send";
    this.element.append(list, start, slash, input, submit);
    this.listen();
  }

  listen() {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(this.input.value);
    });
    this.start.addEventListener("click", () => this.submit("/start"));
    this.slash.addEventListener("click", () => {
      this.input.value = this.list.hidden ? "/" : "";
      this.input.focus();
      this.suggest();
    });
    this.input.addEventListener("input", () => this.suggest());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.key(event));
  }

  // Show what suits the seat: nothing to write in a channel, Start in a chat not begun.
  refresh(begun) {
    const seat = this.seat();
    this.element.hidden = !seat.writes;
    this.element.classList.toggle("fresh", seat.kind === "private" && !begun);
    this.slash.hidden = seat.menu.length === 0;
    this.input.ariaLabel = `Message as ${seat.title}`;
  }

  submit(text) {
    if (!text.trim()) return;
    this.send(text);
    this.input.value = "";
    this.suggest();
  }

  suggest() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
    const typed = this.input.value.match(/^\/(\w*)$/);
    this.offers = typed
      ? this.seat().menu.filter((item) => item.command.startsWith(typed[1].toLowerCase()))
      : [];
    this.chosen = 0;
    this.draw();
  }

  draw() {
    const { list, offers, input } = this;
    list.replaceChildren(...offers.map((item, place) => this.offer(item, place)));
    list.hidden = offers.length === 0;
    input.ariaExpanded = String(!list.hidden);
    if (list.hidden) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${this.chosen}`);
    list.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  offer(item, place) {
    const line = make("li");
    line.id = `${this.list.id}-${place}`;
    line.role = "option";
    line.ariaSelected = String(place === this.chosen);
    const says = make("span", "says", item.description);
    says.dir = "auto";
    line.append(make("span", "name", `/${item.command}`), says);
    // Not click: the input would lose the focus and close the menu first.
    line.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.submit(`/${item.command}`);
    });
    return line;
  }

  key(event) {
    if (!this.list.hidden && this.keyInMenu(event.key)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit(this.input.value);
    }
  }

  keyInMenu(key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) {
      this.chosen = (this.chosen + step + this.offers.length) % this.offers.length;
      this.draw();
    } else if (key === "Enter") {
      this.submit(`/${this.offers[this.chosen].command}`);
    } else if (key === "Tab") {
      this.input.value = `/${this.offers[this.chosen].command} `;
      this.close();
    } else if (key === "Escape") {
      this.close();
    }
    return Boolean(step) || ["Enter", "Tab", "Escape"].includes(key);
  }

  close() {
    this.offers = [];
    this.draw();
  }
}
