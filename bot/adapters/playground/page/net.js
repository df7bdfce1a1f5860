// What the page asks of its server, and the events that come back.

const WAIT = 1500;

export async function fetchState() {
  const answer = await fetch("/playground/state");
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  return answer.json();
}

// Post an order (say, press, vote …); a refusal comes back as {error}.
export function order(what, body) {
  return post(`/playground/${what}`, "application/json", JSON.stringify(body));
}

// Send a file as it is; `told` says who sends it where, and with which words.
export function upload(file, told) {
  const query = new URLSearchParams({ ...told, name: file.name });
  return post(`/playground/send?${query}`, "application/octet-stream", file);
}

async function post(address, type, body) {
  try {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": type }, body });
    if (answer.ok || answer.status === 400) return await answer.json();
    return { error: await answer.text() };
  } catch {
    return { error: "The playground does not answer. Is it still running?" };
  }
}

// Load the state, then follow the events for ever, through restarts of the server.
export async function follow({ onState, onEvent, onLink }) {
  let state;
  try {
    state = await fetchState();
  } catch {
    onLink(false);
    setTimeout(follow, WAIT, { onState, onEvent, onLink });
    return;
  }
  onState(state);
  const source = new EventSource(`/playground/events?after=${encodeURIComponent(state.after)}`);
  source.onopen = () => onLink(true);
  source.onmessage = async (message) => {
    const event = JSON.parse(message.data);
    if (event.kind === "reset" || event.kind === "commands") {
      try {
        onState(await fetchState());
      } catch {
        onLink(false);
      }
      return;
    }
    onEvent(event);
  };
  source.onerror = () => {
    onLink(false);
    // The browser comes back by itself after a cut line, but not after a refusal.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(follow, WAIT, { onState, onEvent, onLink });
    }
  };
}
