// A text with Telegram's entities as elements. Offsets are UTF-16 units, as JavaScript counts.
// Data reaches the page through text nodes only.

const BLOCKS = ["blockquote", "expandable_blockquote", "pre"];
const ARABIC = /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/;
const TALL_QUOTE = 3;
const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  text_link: "a",
  url: "a",
  email: "span",
  bot_command: "button",
  spoiler: "span",
  mention: "span",
  hashtag: "span",
};

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

// A line in its own direction; Urdu gets its typeface and the line height that suits it.
export function directed(element, text) {
  element.dir = "auto";
  if (ARABIC.test(text)) {
    element.lang = "ur";
    element.classList.add("urdu");
  }
  return element;
}

// "auto" looks past children that have a direction of their own, as each line has.
export function direction(text) {
  const first = text.match(/\p{L}/u)?.[0] ?? "";
  return ARABIC.test(first) ? "rtl" : "ltr";
}

// `act.link(url, event)` and `act.command(text)` hear of clicks.
export function richText(text, entities, act) {
  const known = entities.filter((e) => TAGS[e.type] || BLOCKS.includes(e.type));
  const inline = known.filter((e) => TAGS[e.type]);
  const root = document.createDocumentFragment();
  let at = 0;
  for (const block of known.filter((e) => BLOCKS.includes(e.type))) {
    if (block.offset < at) continue;
    lines(root, text, at, block.offset, inline, act);
    at = block.offset + block.length;
    root.append(blockOf(text, block, inline, act));
    if (text[at] === "\n") at += 1;
  }
  lines(root, text, at, text.length, inline, act);
  return root;
}

function lines(parent, text, start, end, inline, act) {
  if (end > start && text[end - 1] === "\n" && end < text.length) end -= 1;
  while (start < end || (start === end && text[start] === "\n" && parent.childNodes.length === 0)) {
    const stop = text.indexOf("\n", start);
    const lineEnd = stop < 0 || stop > end ? end : stop;
    const line = directed(make("p", lineEnd === start ? "line gap" : "line"), text.slice(start, lineEnd));
    fill(line, text, start, lineEnd, inline, act);
    parent.append(line);
    start = lineEnd + 1;
  }
}

function blockOf(text, block, inline, act) {
  const end = block.offset + block.length;
  if (block.type === "pre") {
    const pre = make("pre", "", text.slice(block.offset, end));
    pre.dir = "ltr";
    return pre;
  }
  const quote = directed(make("blockquote"), text.slice(block.offset, end));
  quote.dir = direction(text.slice(block.offset, end));
  const body = make("div", "quoted");
  lines(body, text, block.offset, end, inline, act);
  quote.append(body);
  if (block.type === "expandable_blockquote") expandable(quote, body);
  return quote;
}

function expandable(quote, body) {
  const more = make("button", "more", "Show more");
  more.type = "button";
  more.setAttribute("aria-expanded", "false");
  quote.classList.add("expandable");
  more.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? "Show less" : "Show more";
  });
  quote.append(more);
  // What fits anyway needs no button; how tall it is shows once it is on the page.
  requestAnimationFrame(() => {
    const line = parseFloat(getComputedStyle(body).lineHeight) || 20;
    if (body.scrollHeight && body.scrollHeight <= line * TALL_QUOTE + 2) {
      quote.classList.add("open");
      more.remove();
    }
  });
}

// Nested runs: each entity takes those within it along, clipped to its own end.
function fill(parent, text, start, end, entities, act) {
  let at = start;
  let left = entities;
  while (left.length) {
    const [entity, ...rest] = left;
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    left = rest;
    if (to <= from) continue;
    parent.append(text.slice(at, from));
    const element = run(entity, text.slice(entity.offset, entity.offset + entity.length), act);
    fill(element, text, from, to, rest.filter((e) => e.offset < to), act);
    parent.append(element);
    left = rest.filter((e) => e.offset + e.length > to);
    at = to;
  }
  parent.append(text.slice(at, end));
}

function run(entity, text, act) {
  const element = make(TAGS[entity.type], entity.type);
  if (element.tagName === "A") {
    anchor(element, entity.url || (text.includes("://") ? text : `https://${text}`), act);
  } else if (entity.type === "bot_command") {
    element.type = "button";
    element.dir = "ltr";
    element.addEventListener("click", () => act.command(text));
  } else if (entity.type === "code") {
    element.dir = "auto";
  } else if (entity.type === "spoiler") {
    hide(element);
  }
  return element;
}

// A link to elsewhere opens in a new tab, which learns nothing of this one.
export function anchor(element, url, act) {
  if (/^https?:\/\//i.test(url)) element.href = url;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  element.title = url;
  element.addEventListener("click", (event) => act.link(url, event));
}

function hide(element) {
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", "Hidden text: press to show");
  const show = () => {
    element.classList.add("shown");
    element.removeAttribute("role");
    element.removeAttribute("tabindex");
    element.removeAttribute("aria-label");
  };
  element.addEventListener("click", show, { once: true });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      show();
    }
  });
}
