// The page: panes side by side (tabs on a phone), fed by the server's state and events.

import { follow, order, upload } from "./net.js";
import { Pane } from "./pane.js";
import { make } from "./text.js";

const TOAST = 4500;
const MOST = 200;
const at = (id) => document.getElementById(id);

const chats = new Map();
let panes = [];
let bot = {};
let shown = 0;

function onState(state) {
  bot = state.bot;
  chats.clear();
  for (const [id, messages] of Object.entries(state.chats)) chats.set(Number(id), messages);
  if (panes.length !== state.panes.length) buildPanes(state.panes.length);
  panes[shown]?.element.classList.add("shown");
  state.panes.forEach((pane, place) => panes[place].update(pane));
}

function buildPanes(count) {
  const shared = { chats, actFor, bot: () => bot.username, onNews: drawTabs };
  panes = Array.from({ length: count }, (_, place) => new Pane(place, shared));
  at("panes").replaceChildren(...panes.map((pane) => pane.element));
  at("panes").style.setProperty("--panes", count);
  shown = 0;
}

function onEvent(event) {
  remember(event);
  for (const pane of panes) pane.take(event);
  if (event.kind === "answer") onAnswer(event);
  if (event.kind === "edited" && event.message.text) at("spoken").textContent = `Message edited: ${event.message.text}`;
  if (event.kind === "message") {
    panes.forEach((pane, place) => {
      const here = pane.seats.some((seat) => seat.chat === event.chat);
      if (here && place !== shown) pane.waiting = (pane.waiting ?? 0) + 1;
    });
    drawTabs();
  }
}

function remember(event) {
  const messages = chats.get(event.chat);
  if (!messages) return;
  const id = event.id ?? event.message?.id;
  const place = messages.findIndex((message) => message.id === id);
  if (event.kind === "deleted" && place >= 0) messages.splice(place, 1);
  else if (event.message && place >= 0) messages[place] = event.message;
  else if (event.message) messages.push(event.message);
  if (messages.length > MOST) messages.shift();
}

function onAnswer({ press, text, alert }) {
  for (const pane of panes) pane.rest(press);
  if (!text) return;
  if (!alert) {
    toast(text);
    return;
  }
  at("alert-text").textContent = text;
  at("alert").showModal();
}

function toast(text) {
  const note = make("p", "toast", text);
  note.dir = "auto";
  at("toasts").append(note);
  setTimeout(() => note.remove(), TOAST);
}

// What the person on a seat can do: each function acts in their name.
function actFor(seat) {
  const own = { user: seat.user, chat: seat.chat };
  const tell = async (what, more) => {
    const answer = await order(what, { ...own, ...more });
    if (answer.error) toast(answer.error);
    return answer;
  };
  const say = (text, reply) => tell("say", { text, reply });
  return {
    say,
    send: async (file, caption, reply) => {
      const { error } = await upload(file, { ...own, caption, reply: reply ?? 0 });
      if (error) toast(error);
    },
    vote: (message, options) => tell("vote", { message: message.id, options }),
    inline: async (text, offset) => (await tell("inline", { text, offset })).query,
    choose: (query, result) => tell("choose", { query, result }),
    language: (language) => tell("language", { language }),
    begin: (start) => startChat(seat, start),
    command: (text) => (seat.writes ? say(text) : toast("Commands are for the chat with the bot.")),
    link: (url, event) => openLink(seat, url, event),
    missing: (what) => toast(`“${what}” needs Telegram itself: the playground has no such action.`),
    copy: async (text) => {
      await navigator.clipboard?.writeText(text).catch(() => {});
      toast("Copied.");
    },
    press: async (message, row, column) => (await tell("press", { message: message.id, row, column })).press,
  };
}

// A link to this bot opens its chat here, as Telegram would; any other goes its way.
function openLink(seat, url, event) {
  const link = url.match(/^https?:\/\/t\.me\/(\w+)(?:\?start=([\w-]*))?$/i);
  if (!link || link[1].toLowerCase() !== bot.username?.toLowerCase()) return;
  event.preventDefault();
  startChat(seat, link[2] ?? "");
}

function startChat(seat, parameter) {
  const theirs = (s) => s.kind === "private" && s.writes && (seat.user === null || s.user === seat.user);
  for (const [place, pane] of panes.entries()) {
    const found = pane.seats.findIndex(theirs);
    if (found < 0) continue;
    pane.sit(found);
    showTab(place);
    order("say", { user: pane.seat.user, chat: pane.seat.chat, text: `/start ${parameter}`.trim() });
    return;
  }
}

function showTab(place) {
  shown = place;
  if (panes[place]) panes[place].waiting = 0;
  drawTabs();
  panes[place]?.toEnd();
}

function drawTabs() {
  const held = document.activeElement?.role === "tab";
  at("tabs").replaceChildren(...panes.filter((pane) => pane.seats).map(tab));
  panes.forEach((pane, place) => pane.element.classList.toggle("shown", place === shown));
  if (held) at("tabs").children[shown]?.focus();
}

function tab(pane, place) {
  const button = make("button", "", pane.title);
  button.type = "button";
  button.role = "tab";
  button.ariaSelected = String(place === shown);
  button.tabIndex = place === shown ? 0 : -1;
  button.setAttribute("aria-controls", pane.element.id);
  if (pane.waiting && place !== shown) button.append(make("span", "count", String(pane.waiting)));
  button.addEventListener("click", () => showTab(place));
  button.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) showTab((place + step + panes.length) % panes.length);
  });
  return button;
}

function onLink(up) {
  at("link").textContent = up ? "Live" : "Reconnecting…";
  at("link").classList.toggle("up", up);
}

follow({ onState, onEvent, onLink });
