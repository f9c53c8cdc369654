"use strict";

// Events say only that something changed; the parts of the page that show it ask for themselves (hx-trigger).
// A hidden tab listens to nothing: a browser opens six connections to a host, and many tabs would use them up.
const TRIES_AGAIN_AFTER_MS = 30_000;
const TOPICS = ["conversations", "outbox", "board", "link"];
let stream = null;
let hasBeenAway = false;

const refresh = () => { for (const topic of TOPICS) htmx.trigger(document.body, topic); };

const say = (isLost) => { document.getElementById("offline").hidden = !isLost; };

const listen = () => {
  if (stream || document.hidden || !document.body.dataset.events) return;
  stream = new EventSource(document.body.dataset.events);
  stream.addEventListener("open", () => {
    say(false);
    if (hasBeenAway) refresh();
    hasBeenAway = false;
  });
  for (const topic of TOPICS) stream.addEventListener(topic, () => { htmx.trigger(document.body, topic); });
  stream.addEventListener("error", () => {
    hasBeenAway = true;
    say(true);
    if (stream && stream.readyState === EventSource.CLOSED) {
      leave();
      setTimeout(listen, TRIES_AGAIN_AFTER_MS);
    }
  });
};

const leave = () => {
  if (stream) stream.close();
  stream = null;
  hasBeenAway = true;
};

document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); else listen(); });
window.addEventListener("pagehide", leave);
window.addEventListener("pageshow", listen);

// A conversation stays at its newest line unless one has scrolled away from it.
const toBottom = (element) => { element.scrollTop = element.scrollHeight; };
for (const element of document.querySelectorAll("[data-bottom]")) {
  let wasAtBottom = true;
  toBottom(element);
  element.addEventListener("scroll", () => {
    wasAtBottom = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
  });
  new MutationObserver(() => { if (wasAtBottom) toBottom(element); }).observe(element, { childList: true, subtree: true });
}

// A date is typed as 21.11.2026 whatever the browser's language is; its calendar opens beside the field, where it has one.
const asDigits = (written) => written.match(/^\s*(\d{1,2})[.\/ -]?(\d{1,2})[.\/ -]?(\d{4})\s*$/);
for (const field of document.querySelectorAll(".date")) {
  const [written, picker] = [field.querySelector("input[name]"), field.querySelector(".picker")];
  const button = field.querySelector(".pick");
  button.hidden = !("showPicker" in picker);
  button.addEventListener("click", () => {
    const found = asDigits(written.value);
    picker.value = found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (picker.value) written.value = picker.value.split("-").reverse().join(".");
  });
}

// A menu closes with Escape, and when one clicks beside it.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", (event) => { closeMenus(event.target.closest("details")); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(null); });
