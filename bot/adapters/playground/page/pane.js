// One column: its seats, the chat of the one who sits there, and what is new in the others.

import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { directed, make } from "./text.js";

const NEAR = 80;
const TYPING = 5000;
const LANGUAGES = { en: "English", ur: "اردو" };
const ACTIONS = { typing: "typing…", upload_photo: "sending a photo…", upload_document: "sending a file…" };

export class Pane {
  // `chats` maps a chat's id to its messages; `actFor(seat)` gives what the seat can do,
  // `bot()` the bot's username.
  constructor(place, { chats, actFor, bot, onNews }) {
    Object.assign(this, { place, chats, actFor, onNews });
    this.current = 0;
    this.news = new Map();
    this.element = make("section", "pane");
    this.element.id = `pane-${place}`;
    this.head = make("header", "head");
    this.log = make("div", "log");
    this.thread = make("div", "thread");
    this.log.append(this.thread);
    this.log.role = "log";
    this.log.tabIndex = 0;
    this.down = make("button", "down", "New messages");
    this.down.type = "button";
    this.down.hidden = true;
    this.composer = new Composer({
      seat: () => this.seat,
      act: () => this.actFor(this.seat),
      bot,
    });
    this.element.append(this.head, this.log, this.down, this.composer.element);
    this.down.addEventListener("click", () => this.toEnd());
    this.stick();
  }

  // Stay at the newest message while what is above it grows (a typeface arrives, a quote folds).
  stick() {
    this.stuck = true;
    this.log.addEventListener("scroll", () => {
      this.stuck = this.atEnd();
      if (this.stuck) this.down.hidden = true;
    });
    this.log.addEventListener("click", ({ target }) => {
      if (target.closest(".more")) this.stuck = false;
    });
    const sizes = new ResizeObserver(() => this.stuck && this.toEnd());
    sizes.observe(this.log);
    sizes.observe(this.thread);
  }

  get seat() {
    return this.seats[this.current];
  }

  // Take over title and seats; the seat that was shown stays.
  update({ title, seats }) {
    this.title = title;
    this.seats = seats;
    this.current = Math.min(this.current, seats.length - 1);
    this.draw();
    if (!this.composer.reply) this.answerIfAsked(this.messages().at(-1));
  }

  sit(place) {
    this.current = place;
    this.draw();
    this.composer.clear();
    this.answerIfAsked(this.messages().at(-1));
  }

  // A force reply opens the box as if its reader had pressed Reply.
  answerIfAsked(message) {
    const { user, writes } = this.seat;
    if (writes && message?.asks && [null, user].includes(message.asks.whom)) this.composer.replyTo(message);
  }

  draw() {
    this.news.delete(this.current);
    this.drawHead();
    this.log.ariaLabel = `Chat: ${this.seat.title}`;
    this.thread.replaceChildren(...this.messages().map((message) => this.render(message)));
    if (!this.messages().length) this.thread.append(make("p", "empty", "Nothing here yet"));
    this.composer.refresh(this.messages().length > 0);
    this.toEnd();
    this.onNews();
  }

  drawHead() {
    const { title, note, address, kind } = this.seat;
    const face = make("span", `face ${kind}`, [...title][0]);
    face.ariaHidden = "true";
    const names = make("div", "names");
    this.status = make("p", "status", note || address || (kind === "private" ? "chat with the bot" : kind));
    names.append(directed(make("h2", "", title), title), this.status);
    this.head.replaceChildren(face, names);
    if (this.seat.language) this.head.append(this.language());
    if (this.seats.length > 1) this.head.append(this.switch());
  }

  // The language of the person's Telegram, which the bot hears of with each message.
  language() {
    const { language, title } = this.seat;
    const [other] = Object.keys(LANGUAGES).filter((code) => code !== language);
    const button = make("button", "language", LANGUAGES[language] ?? language);
    button.type = "button";
    button.ariaLabel = `Telegram of ${title} is in ${LANGUAGES[language] ?? language}: change to ${LANGUAGES[other]}`;
    button.addEventListener("click", () => this.actFor(this.seat).language(other));
    return button;
  }

  switch() {
    const group = make("div", "switch");
    group.role = "group";
    group.ariaLabel = `${this.title}: who`;
    this.seats.forEach((seat, place) => {
      const button = make("button", "", seat.title);
      button.type = "button";
      button.ariaPressed = String(place === this.current);
      const count = this.news.get(place);
      if (count) button.append(make("span", "count", String(count)));
      button.addEventListener("click", () => {
        this.sit(place);
        this.head.querySelector('.switch [aria-pressed="true"]')?.focus();
      });
      group.append(button);
    });
    return group;
  }

  messages() {
    return this.chats.get(this.seat.chat) ?? [];
  }

  render(message) {
    const { user, kind, writes } = this.seat;
    const mine = message.from === user;
    const named = !mine && kind !== "private" && kind !== "channel";
    const act = this.actFor(this.seat);
    if (writes) {
      act.reply = (answered) => this.answer(answered);
      act.type = (words) => this.composer.typeInline(words);
    }
    return bubble(message, { mine, named, user, act });
  }

  answer(message) {
    this.composer.replyTo(message);
    this.composer.input.focus();
  }

  // The shown chat changes in place; news for another seat is counted on the switch.
  take(event) {
    this.seats.forEach((seat, place) => {
      if (seat.chat !== event.chat) return;
      if (place === this.current) this.show(event);
      else if (event.kind === "message") this.news.set(place, (this.news.get(place) ?? 0) + 1);
    });
    if (this.seats.length > 1 && event.kind === "message") this.redrawSwitch();
  }

  redrawSwitch() {
    const old = this.head.querySelector(".switch");
    const held = [...(old?.children ?? [])].indexOf(document.activeElement);
    const fresh = this.switch();
    old?.replaceWith(fresh);
    fresh.children[held]?.focus();
  }

  show(event) {
    const follow = this.stuck;
    const old = this.log.querySelector(`[data-id="${event.id ?? event.message?.id}"]`);
    if (event.kind === "action") return this.acting(event.action);
    if (event.kind === "results") return event.user === this.seat.user && this.composer.onResults(event);
    if (event.kind === "deleted") old?.remove();
    if (!event.message) return undefined;
    const item = this.render(event.message);
    if (old) {
      item.classList.add("changed");
      old.replaceWith(item);
    } else {
      this.log.querySelector(".empty")?.remove();
      item.classList.add("new");
      this.thread.append(item);
    }
    this.acting("");
    this.composer.refresh(true);
    if (!old) this.answerIfAsked(event.message);
    if (follow || event.message.from === this.seat.user) this.toEnd();
    else if (!old) this.down.hidden = false;
    return undefined;
  }

  acting(action) {
    clearTimeout(this.timer);
    this.status.dataset.action = ACTIONS[action] ?? (action ? "busy…" : "");
    if (action) this.timer = setTimeout(() => this.acting(""), TYPING);
  }

  rest(press) {
    this.log.querySelector(`[data-press="${press}"]`)?.removeAttribute("aria-busy");
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  toEnd() {
    this.stuck = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.down.hidden = true;
  }
}
