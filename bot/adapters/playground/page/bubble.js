// One message: who, what, when, and the buttons below.

import { pollOf } from "./poll.js";
import { anchor, directed, make, richText } from "./text.js";

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const GIVE_UP = 8000;

// `act` acts for the seat of `user`: link, command, press(message, row, column), copy(text),
// vote(message, options), missing(what), and reply(message), type(words)
// where the seat writes.
export function bubble(message, { mine, named, user, act }) {
  const item = make("article", mine ? "message mine" : "message");
  item.dataset.id = message.id;
  const body = make("div", "bubble");
  if (named) body.append(directed(make("p", "sender", message.name), message.name));
  if (message.via) body.append(make("p", "via", `via @${message.via}`));
  if (message.reply) body.append(replied(message.reply));
  body.append(...contents(message, user, act), foot(message, act));
  item.append(body);
  if (message.keyboard.length) item.append(keyboard(message, act));
  return item;
}

function contents(message, user, act) {
  if (message.poll) return [pollOf(message, { user, act })];
  const text = make("div", "text");
  text.dir = "auto";
  const media = message.photo ? photo(message) : message.document && file(message.document);
  if (message.text || !media) text.append(richText(message.text || "(not shown here)", message.entities, act));
  if (!media) return [text];
  return message.photo?.below ? [text, media] : [media, text];
}

function photo({ photo: { src, width, height }, text }) {
  const link = make("a", "photo");
  Object.assign(link, { href: src, target: "_blank", rel: "noopener noreferrer" });
  const image = make("img");
  Object.assign(image, { src, width, height, alt: text || "Photo without a caption" });
  link.append(image);
  return link;
}

function file({ src, name, size }) {
  const link = make("a", "file");
  Object.assign(link, { href: src, download: name });
  const words = make("span", "words");
  words.append(directed(make("span", "name", name), name), make("span", "says", sizeOf(size)));
  link.append(words);
  return link;
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(1)} KB` : `${(kilo / 1024).toFixed(1)} MB`;
}

function replied(reply) {
  const box = make("div", "reply");
  box.append(directed(make("p", "sender", reply.name), reply.name));
  box.append(directed(make("p", "line", reply.text), reply.text));
  return box;
}

function foot(message, act) {
  const foot = make("p", "foot");
  if (act.reply) {
    const reply = make("button", "answer", "Reply");
    reply.type = "button";
    reply.addEventListener("click", () => act.reply(message));
    foot.append(reply);
  }
  if (message.edited) foot.append(make("span", "edited", "edited"));
  const date = new Date(message.date * 1000);
  const time = make("time", "", CLOCK.format(date));
  time.dateTime = date.toISOString();
  foot.append(time);
  return foot;
}

function keyboard(message, act) {
  const board = make("div", "keyboard");
  message.keyboard.forEach((buttons, row) => {
    const line = make("div", "keys");
    buttons.forEach((button, column) => line.append(key(message, button, row, column, act)));
    board.append(line);
  });
  return board;
}

function key(message, button, row, column, act) {
  const element = directed(make(button.url ? "a" : "button", "key"), button.text);
  element.append(make("span", "label", button.text));
  if (button.url) {
    anchor(element, button.url, act);
    element.classList.add("away");
    return element;
  }
  element.type = "button";
  element.addEventListener("click", () => {
    if (button.callback_data !== undefined) ask(element, act.press(message, row, column));
    else if (button.copy_text) act.copy(button.copy_text.text);
    else if (act.type && wordsOf(button) !== undefined) act.type(wordsOf(button));
    else act.missing(button.text);
  });
  return element;
}

// Words that a button puts after the bot's name; the other chat of Telegram's apps is this one here.
function wordsOf(button) {
  return button.switch_inline_query_current_chat ?? button.switch_inline_query;
}

// The key shows that it waits, until the bot answers or it is plain that it will not.
async function ask(element, asked) {
  element.setAttribute("aria-busy", "true");
  element.dataset.press = (await asked) || "";
  const rest = () => element.removeAttribute("aria-busy");
  if (element.dataset.press) setTimeout(rest, GIVE_UP);
  else rest();
}
