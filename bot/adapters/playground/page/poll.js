// A poll or quiz within a message: options to press, then how it stands, right and wrong.

import { directed, direction, make, richText } from "./text.js";

// `act.vote(message, options)` votes for the seat of `user`; without `user` it is only read.
export function pollOf(message, { user, act }) {
  const { poll } = message;
  const mine = poll.votes[user] ?? [];
  const told = poll.is_closed || mine.length > 0 || user === null;
  const box = make("div", told ? "poll told" : "poll");
  box.append(directed(make("p", "question", poll.question), poll.question));
  box.append(make("p", "kind", kindOf(poll)));
  const options = make("div", "options");
  poll.options.forEach((option, place) => {
    const chosen = mine.includes(place);
    options.append(told ? standing(poll, option, place, chosen) : choice(message, option, place, act));
  });
  box.append(options);
  if (!told && poll.allows_multiple_answers) box.append(ballotButton(message, options, act));
  if (told) box.append(...outcome(message, mine, act));
  return box;
}

function kindOf(poll) {
  const kind = poll.type === "quiz" ? "Quiz" : "Poll";
  if (poll.is_closed) return `${kind}, closed`;
  return `${poll.is_anonymous ? "Anonymous" : "Public"} ${kind.toLowerCase()}`;
}

function choice(message, option, place, act) {
  const button = directed(make("button", "option", option.text), option.text);
  button.type = "button";
  if (message.poll.allows_multiple_answers) {
    button.ariaPressed = "false";
    button.addEventListener("click", () => {
      button.ariaPressed = String(button.ariaPressed !== "true");
    });
  } else {
    button.addEventListener("click", () => act.vote(message, [place]));
  }
  return button;
}

function ballotButton(message, options, act) {
  const button = make("button", "primary", "Vote");
  button.type = "button";
  button.addEventListener("click", () => {
    const marked = [...options.children].flatMap((each, place) => (each.ariaPressed === "true" ? [place] : []));
    if (marked.length) act.vote(message, marked);
  });
  return button;
}

function standing(poll, option, place, chosen) {
  const share = poll.total_voter_count ? option.voter_count / poll.total_voter_count : 0;
  const right = poll.correct_option_ids?.includes(place);
  const line = directed(make("div", "option"), option.text);
  const mark = markOf(poll.type === "quiz", right, chosen);
  if (mark) line.classList.add(mark.name);
  const words = make("span", "label", option.text);
  const sign = make("span", "sign", mark?.sign ?? "");
  if (mark) {
    sign.role = "img";
    sign.ariaLabel = mark.says;
  }
  const bar = make("meter");
  Object.assign(bar, { min: 0, max: 1, value: share, ariaLabel: "Share of the votes" });
  line.append(sign, words, make("span", "share", `${Math.round(share * 100)}%`), bar);
  return line;
}

function markOf(quiz, right, chosen) {
  if (quiz && right) return { name: "right", sign: "✓", says: chosen ? "Right, your answer" : "Right" };
  if (quiz && chosen) return { name: "wrong", sign: "✗", says: "Wrong, your answer" };
  return chosen ? { name: "chosen", sign: "✓", says: "Your answer" } : null;
}

function outcome(message, mine, act) {
  const { poll } = message;
  const parts = [];
  if (poll.type === "quiz" && mine.length) {
    const right = String(mine) === String(poll.correct_option_ids);
    parts.push(make("p", right ? "verdict right" : "verdict wrong", right ? "That is right." : "That is not right."));
  }
  if (poll.explanation) {
    const why = make("div", "why");
    why.dir = direction(poll.explanation);
    why.append(richText(poll.explanation, poll.explanation_entities ?? [], act));
    parts.push(why);
  }
  const { total_voter_count: total } = poll;
  parts.push(make("p", "total", total === 1 ? "1 answer" : `${total} answers`));
  if (mine.length && poll.allows_revoting && !poll.is_closed) {
    const back = make("button", "more", "Take the answer back");
    back.type = "button";
    back.addEventListener("click", () => act.vote(message, []));
    parts.push(back);
  }
  return parts;
}
