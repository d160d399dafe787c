/** The JSON API of the site. A failure is an Error with the server's own sentence, its code and the HTTP status. */

import { pageData } from "../page/data.js";
import { strings } from "../page/strings.js";

let token = pageData.csrf_token;

export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const api = {
  models: () => call("GET", "models"),
  conversations: (cursor) => call("GET", cursor ? `conversations?cursor=${encodeURIComponent(cursor)}` : "conversations"),
  messages: (id, before) => call("GET", `conversations/${id}/messages?before=${before}`),
  update: (id, changes) => call("PATCH", `conversations/${id}`, changes),
  remove: (id) => call("DELETE", `conversations/${id}`),
  restore: (id) => call("POST", `conversations/${id}/restore`),
  prefer: (changes) => call("PATCH", "preferences", changes),
  draft: () => call("GET", "draft"),
  saveDraft: (id, draft, options) => call("POST", id ? `conversations/${id}/draft` : "draft", draft, options),
  changeQueued: (id, content) => call("PATCH", `queued/${id}`, { content }),
  removeQueued: (id) => call("DELETE", `queued/${id}`),
  prompts: () => call("GET", "prompts"),
  addPrompt: (prompt) => call("POST", "prompts", prompt),
  changePrompt: (id, prompt) => call("PATCH", `prompts/${id}`, prompt),
  removePrompt: (id) => call("DELETE", `prompts/${id}`),
  fork: (id, what) => call("POST", `conversations/${id}/fork`, what),
  saveMessage: (id, content) => call("PATCH", `messages/${id}`, { content }),
  removeMessage: (id) => call("DELETE", `messages/${id}`),
  restoreMessage: (id) => call("POST", `messages/${id}/restore`),
  rate: (id, feedback) => call("PUT", `messages/${id}/feedback`, feedback),
  moveHead: (id, messageId) => call("POST", `conversations/${id}/head`, { message_id: messageId }),
};

/** `options.keepalive`: also when the page ends now, which browsers allow for 64 kB. */
async function call(method, path, body, options) {
  let response = await request(method, path, body, options);
  if (response.status === 403 && method !== "GET" && (await renewToken())) response = await request(method, path, body, options);
  if (response.ok) return response.status === 204 ? null : response.json();
  const failure = await response.json().catch(() => ({}));
  throw new ApiError(response.status, failure.code ?? `http.${response.status}`, failure.message ?? strings.notSaved);
}

function request(method, path, body, options) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return fetch(`/api/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), ...options });
}

/** Signing in again renews the token; a fresh page has the new one. */
async function renewToken() {
  const response = await fetch(pageData.urls.home, { redirect: "error" }).catch(() => null);
  const fresh = response?.ok ? /"csrf_token": "([A-Za-z0-9]+)"/.exec(await response.text())?.[1] : null;
  if (!fresh) return false;
  token = fresh;
  return true;
}
