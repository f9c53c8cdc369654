"use strict";

const client = document.getElementById("client");
const messages = document.getElementById("messages");
const journal = document.getElementById("journal");
const statuses = JSON.parse(journal.dataset.statuses);
const text = document.getElementById("text");
let talk = 0;

const element = (tag, className, content) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (content !== undefined) made.textContent = content;
  return made;
};

const show = (content, mine, choices = []) => {
  const row = element("li", mine ? "mine" : "");
  row.append(element("div", "bubble", content));
  if (choices.length) row.append(buttons(choices));
  messages.append(row);
  messages.scrollTop = messages.scrollHeight;
};

const buttons = (choices) => {
  const row = element("div", "choices");
  for (const choice of choices) {
    const button = element("button", "", choice.label);
    button.type = "button";
    if (choice.detail) button.append(element("small", "", choice.detail));
    button.addEventListener("click", () => {
      show(choice.label, true);
      post({ choice: choice.id, label: choice.label });
    });
    row.append(button);
  }
  return row;
};

const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(16)).join("-");

const post = async (message) => {
  const sent = await fetch(`/chat/${client.value}/messages`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ id: newId(), ...message }),
  }).catch(() => null);
  if (!sent || !sent.ok) show(journal.dataset.unsent, false);
};

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

const listen = async () => {
  const mine = ++talk;
  let last = null; // the whole talk first, then what is newer than the last number
  while (mine === talk) {
    const answer = await fetch(`/chat/${client.value}/messages${last === null ? "" : `?after=${last}`}`).catch(() => null);
    if (mine !== talk) return;
    if (!answer || !answer.ok) { await pause(1000); continue; }
    for (const message of await answer.json()) {
      last = Math.max(last ?? 0, message.number ?? 0);
      show(message.text, message.mine, message.choices);
    }
    last ??= 0;
    await readJournal();
  }
};

const readJournal = async () => {
  const answer = await fetch(`/chat/${client.value}/journal`).catch(() => null);
  if (!answer || !answer.ok) return;
  journal.replaceChildren(...(await answer.json()).map((line) => {
    const row = element("li");
    row.dataset.status = line.status;
    row.append(element("div", "when", line.when), element("div", "", `${line.what}, ${line.master}`),
      element("div", "status", statuses[line.status] || line.status));
    if (line.comment) row.append(element("div", "comment", line.comment));
    return row;
  }));
};

const say = (words) => {
  show(words, true);
  post({ text: words });
};

document.getElementById("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (!words) return;
  text.value = "";
  say(words);
});

for (const hint of document.querySelectorAll("[data-say]")) {
  hint.addEventListener("click", () => { say(hint.dataset.say); text.focus(); });
}

// The made-up journal changes without a word of the chat too: when it comes back, and what waited is carried.
setInterval(() => { if (!document.hidden) readJournal(); }, 3000);

client.addEventListener("change", () => {
  messages.replaceChildren();
  readJournal();
  listen();
});
readJournal();
listen();
