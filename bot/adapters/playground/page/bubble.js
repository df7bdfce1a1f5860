// One message: who, what, when, and the buttons below.

import { anchor, directed, make, richText } from "./text.js";

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const GIVE_UP = 8000;

// `act` acts for the seat: link, command, press(message, row, column), copy(text), missing(what).
export function bubble(message, { mine, named, act }) {
  const item = make("article", mine ? "message mine" : "message");
  item.dataset.id = message.id;
  const body = make("div", "bubble");
  if (named) body.append(directed(make("p", "sender", message.name), message.name));
  if (message.reply) body.append(replied(message.reply));
  const text = make("div", "text");
  text.append(richText(message.text || "(not shown here)", message.entities, act));
  body.append(text, foot(message));
  item.append(body);
  if (message.keyboard.length) item.append(keyboard(message, act));
  return item;
}

function replied(reply) {
  const box = make("div", "reply");
  box.append(directed(make("p", "sender", reply.name), reply.name));
  box.append(directed(make("p", "line", reply.text), reply.text));
  return box;
}

function foot(message) {
  const foot = make("p", "foot");
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
    else act.missing(button.text);
  });
  return element;
}

// The key shows that it waits, until the bot answers or it is plain that it will not.
async function ask(element, asked) {
  element.setAttribute("aria-busy", "true");
  element.dataset.press = (await asked) || "";
  const rest = () => element.removeAttribute("aria-busy");
  if (element.dataset.press) setTimeout(rest, GIVE_UP);
  else rest();
}
