// A question to the server and its answer, step by step.

export class Problem extends Error {
  constructor(status, detail, retryAfter = 0) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

const KEY = "dateline-key";

export const setKey = (key) => sessionStorage.setItem(KEY, key);

export const hasKey = () => Boolean(sessionStorage.getItem(KEY));

const READER = "dateline-reader"; // what a server gave whoever follows without a key

export const setReader = (token) => localStorage.setItem(READER, token);

function headers(more = {}) {
  const key = sessionStorage.getItem(KEY);
  const reader = localStorage.getItem(READER);
  return { ...more, ...(key ? { Authorization: `Bearer ${key}` } : {}), ...(reader ? { "X-Reader": reader } : {}) };
}

async function problemOf(response) {
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  let detail = `The server answered ${response.status}.`;
  try {
    detail = (await response.json()).detail || detail;
  } catch {
    // not a problem of Dateline's: perhaps a proxy's page
  }
  return new Problem(response.status, detail, retryAfter);
}

export async function get(path, signal) {
  const response = await fetch(path, { headers: headers(), signal });
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

export async function post(path, body) {
  const response = await fetch(path, { method: "POST", headers: headers({ "Content-Type": "application/json" }), body: JSON.stringify(body) });
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? null : response.json();
}

export async function remove(path) {
  const response = await fetch(path, { method: "DELETE", headers: headers() });
  if (!response.ok) throw await problemOf(response);
}

// Yields {name, data} for each event; the stream is closed when the reader stops early.
// `after`: the questions before it in its thread, oldest first.
export async function* ask(question, { filters, wording, after = [] }, signal) {
  const history = after.map((content) => ({ role: "user", content }));
  const response = await fetch("ask/stream", {
    method: "POST",
    headers: headers({ "Content-Type": "application/json" }),
    body: JSON.stringify({ question, filters, history, ...(wording ? { wording } : {}) }),
    signal,
  });
  if (!response.ok) throw await problemOf(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      yield* blocks.map(eventOf).filter(Boolean);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function eventOf(block) {
  const lines = block.split("\n");
  const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
  const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
  return data ? { name, data: JSON.parse(data) } : null;
}
