// What the page asks of its server, and the events that come back.

const WAIT = 1500;

export async function fetchState() {
  const answer = await fetch("/playground/state");
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  return answer.json();
}

// Post an order (say, press); a refusal comes back as {error}.
export async function order(what, body) {
  try {
    const answer = await fetch(`/playground/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
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
