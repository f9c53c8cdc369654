"use strict";

// The card of an appointment opens over the board; without this script its link opens a page of its own.
const dialog = document.getElementById("card");
const body = document.getElementById("card-body");

new MutationObserver(() => { if (body.childElementCount && !dialog.open) dialog.showModal(); }).observe(body, { childList: true });

const close = () => { dialog.close(); };
dialog.addEventListener("close", () => { body.replaceChildren(); });
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-closes-dialog]")) close();
});
// What is wrong with the form comes back as the card itself; anything else is the board, and the card has done its work.
document.body.addEventListener("htmx:after:request", (event) => {
  const from = event.target instanceof Element ? event.target.closest("[data-closes-card]") : null;
  if (from && dialog.open) close();
});

for (const form of document.querySelectorAll("form[data-submits]")) {
  form.addEventListener("change", () => { form.requestSubmit(); });
}

// The line for now is in sight when the day opens.
const now = document.querySelector(".timetable .now");
if (now && !location.hash) {
  const scroll = document.querySelector(".grid-scroll");
  scroll.scrollTop += now.getBoundingClientRect().top - scroll.getBoundingClientRect().top - scroll.clientHeight / 3;
}
