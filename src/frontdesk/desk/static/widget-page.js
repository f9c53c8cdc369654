"use strict";

const messages = document.getElementById("messages");
const typing = document.getElementById("typing");
const text = document.getElementById("text");
const scroller = document.querySelector("main");
const said = document.body.dataset;
const here = `${location.pathname.replace(/\/$/, "")}/messages`;
const key = `frontdesk-chat:${location.pathname}`;
let last = 0;
let thinking = 0;

const kept = () => {
  try {
    if (!/^[\w-]{43}$/.test(localStorage.getItem(key) || "")) localStorage.setItem(key, said.token);
    return localStorage.getItem(key);
  } catch {
    return said.token; // a browser that keeps nothing still talks, until the page is closed
  }
};
const token = kept();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(16)).join("-");

const element = (tag, className, content) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (content !== undefined) made.textContent = content;
  return made;
};

const bubble = (words) => {
  const made = element("div", "bubble");
  for (const part of words.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/)) {
    if (!/^https?:\/\//.test(part)) { made.append(part); continue; }
    const link = element("a", "", part);
    link.href = part;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    made.append(link);
  }
  return made;
};

const settle = () => {
  for (const button of messages.querySelectorAll(".choices button:not([data-say])")) button.disabled = true;
};

const show = (message) => {
  document.getElementById("hello").hidden = true;
  settle();
  const row = element("li", message.mine ? "mine" : "");
  row.append(bubble(message.text));
  if (message.choices?.length) row.append(choices(message.choices));
  messages.append(row);
  if (!message.mine) {
    typing.hidden = true;
    text.placeholder = message.ask_contact ? said.phone : said.write;
    text.inputMode = message.ask_contact ? "tel" : "text";
  }
  scroller.scrollTop = scroller.scrollHeight;
  return row;
};

const choices = (offered) => {
  const row = element("div", "choices");
  for (const choice of offered) {
    const button = element("button", "", choice.label);
    button.type = "button";
    if (choice.detail) button.append(element("small", "", choice.detail));
    button.addEventListener("click", () => say({ choice: choice.id, label: choice.label }, choice.label));
    row.append(button);
  }
  return row;
};

const wait = () => {
  typing.hidden = false;
  scroller.scrollTop = scroller.scrollHeight;
  clearTimeout(thinking);
  thinking = setTimeout(() => { typing.hidden = true; }, 30000);
};

const post = async (row, message) => {
  let answer;
  try {
    answer = await fetch(here, { method: "POST", headers: { "x-chat-token": token }, body: JSON.stringify(message) });
  } catch {
    answer = { ok: false, status: 0 };
  }
  if (answer.ok) { wait(); return; }
  const again = element("button", "failed", answer.status === 429 ? said.slow : said.failed);
  again.type = "button";
  again.addEventListener("click", () => { again.remove(); post(row, message); });
  row.append(again);
};

const say = (message, words) => post(show({ mine: true, text: words }), { id: newId(), ...message });

const read = async (query) => {
  const answer = await fetch(here + query, { headers: { "x-chat-token": token } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  for (const message of await answer.json()) {
    if (message.number) last = Math.max(last, message.number);
    show(message);
  }
};

const listen = async () => {
  let wait_ms = 1000;
  let whole = true;
  for (;;) {
    if (document.hidden) { await pause(1000); continue; }
    try {
      await read(whole ? "" : `?after=${last}`);
      whole = false;
      wait_ms = 1000;
    } catch {
      await pause(wait_ms);
      wait_ms = Math.min(wait_ms * 2, 30000);
    }
  }
};

const send = () => {
  const words = text.value.trim();
  if (!words) return;
  text.value = "";
  say({ text: words }, words);
};
for (const start of document.querySelectorAll("[data-say]")) {
  start.addEventListener("click", () => say({ text: start.dataset.say }, start.dataset.say));
}
document.getElementById("form").addEventListener("submit", (event) => { event.preventDefault(); send(); });
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
});
listen();
