// Where a person types: Enter sends, "/" opens the bot's command menu, "@bot words" its results.

import { Offers } from "./offers.js";
import { directed, make } from "./text.js";

const PAUSE = 250;

export class Composer {
  // `seat()` gives who sits here now, `act()` what they can do, `bot()` the bot's username.
  constructor({ seat, act, bot }) {
    Object.assign(this, { seat, act, bot });
    this.reply = null;
    this.query = "";
    this.early = new Map();
    this.element = make("form", "composer");
    this.input = make("textarea");
    this.offers = new Offers(this.input);
    this.slash = make("button", "slash round", "/");
    this.attach = make("button", "attach round");
    this.file = make("input");
    this.start = make("button", "primary start", "Start");
    this.answering = make("div", "answering");
    this.build();
  }

  build() {
    const { input, slash, start, attach, file, answering } = this;
    Object.assign(input, { rows: 1, maxLength: 4096, dir: "auto", placeholder: "Message" });
    slash.type = start.type = attach.type = "button";
    slash.ariaLabel = "Commands";
    attach.ariaLabel = "Attach a file";
    Object.assign(file, { type: "file", hidden: true, ariaLabel: "File" });
    answering.hidden = true;
    const submit = make("button", "primary send");
    submit.ariaLabel = "Send";
    this.element.append(this.offers.element, answering, start, slash, attach, file, input, submit);
    this.listen();
  }

  listen() {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(this.input.value);
    });
    this.start.addEventListener("click", () => this.submit("/start"));
    this.slash.addEventListener("click", () => {
      this.input.value = this.offers.open ? "" : "/";
      this.input.focus();
      this.suggest();
    });
    this.attach.addEventListener("click", () => this.file.click());
    this.file.addEventListener("change", () => this.upload());
    this.input.addEventListener("input", () => this.suggest());
    this.input.addEventListener("blur", () => this.offers.close());
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
    this.act().say(text, this.reply?.id);
    this.clear();
  }

  upload() {
    const [file] = this.file.files;
    if (file) this.act().send(file, this.input.value, this.reply?.id);
    this.file.value = "";
    this.clear();
  }

  clear() {
    this.input.value = "";
    this.replyTo(null);
    this.suggest();
  }

  // What is sent next answers this message; null ends that.
  replyTo(message) {
    this.reply = message;
    this.answering.hidden = !message;
    this.input.placeholder = message?.asks?.placeholder || "Message";
    if (!message) return;
    const line = message.text || message.poll?.question || "…";
    const words = make("div", "words");
    const away = make("button", "round", "×");
    away.type = "button";
    away.ariaLabel = "Do not reply";
    away.addEventListener("click", () => this.replyTo(null));
    words.append(make("p", "sender", `Reply to ${message.name}`), directed(make("p", "line", line), line));
    this.answering.replaceChildren(words, away);
  }

  suggest() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
    clearTimeout(this.timer);
    this.query = "";
    const { value } = this.input;
    const command = value.match(/^\/(\w*)$/);
    const words = this.inlineWords(value);
    if (words === null) this.offers.show("Commands", command ? this.commands(command[1].toLowerCase()) : []);
    else this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  commands(begun) {
    const fitting = this.seat().menu.filter((item) => item.command.startsWith(begun));
    return fitting.map(({ command, description }) => ({
      name: `/${command}`,
      says: description,
      fill: `/${command} `,
      take: () => this.submit(`/${command}`),
    }));
  }

  // The words after "@bot ", or null for a text that is no inline query.
  inlineWords(value) {
    const name = `@${this.bot()} `;
    return value.toLowerCase().startsWith(name.toLowerCase()) ? value.slice(name.length) : null;
  }

  typeInline(words) {
    this.input.value = `@${this.bot()} ${words}`;
    this.input.focus();
    this.suggest();
  }

  async ask(words, offset = "") {
    this.early.clear();
    const query = await this.act().inline(words, offset);
    if (!query || this.inlineWords(this.input.value) !== words) return;
    this.query = query;
    if (this.early.has(query)) this.onResults(this.early.get(query));
  }

  // The results may come before the answer that names their query.
  onResults(event) {
    this.early.set(event.query, event);
    if (event.query !== this.query) return;
    const act = this.act();
    const found = event.results.map(({ id, title, description, photo }) => ({
      name: title,
      says: description,
      photo,
      take: () => {
        act.choose(event.query, id);
        this.clear();
      },
    }));
    const before = event.offset ? this.offers.items.filter((item) => !item.more) : [];
    const items = [...before, ...found];
    if (event.button) items.unshift(this.opener(event.button));
    if (event.next) items.push(this.further(event.next));
    const none = { name: "Nothing found", says: "", take: () => this.offers.close() };
    const first = before.length + (event.button && found.length ? 1 : 0);
    this.offers.show("Results", items.length ? items : [none], first);
  }

  opener({ text, start_parameter: start }) {
    return {
      name: text,
      says: "opens the chat with the bot",
      take: () => {
        this.act().begin(start);
        this.clear();
      },
    };
  }

  further(offset) {
    const words = this.inlineWords(this.input.value) ?? "";
    return { name: "More results", says: "", more: true, take: () => this.ask(words, offset) };
  }

  key(event) {
    if (this.offers.key(event.key)) {
      event.preventDefault();
    } else if (event.key === "Escape" && this.reply) {
      this.replyTo(null);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit(this.input.value);
    }
  }
}
