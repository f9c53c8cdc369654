"use strict";
/* <script src="https://desk.example/chat/widget.js" data-chat="main" defer></script> */
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const english = (document.documentElement.lang || "ru").toLowerCase().startsWith("en");
  const [open, close] = english ? ["Chat with us", "Close the chat"] : ["Написать нам", "Закрыть чат"];
  const styled = (tag, style) => {
    const made = document.createElement(tag);
    Object.assign(made.style, { position: "fixed", zIndex: "2147483000", border: "0", ...style });
    return made;
  };
  const button = styled("button", {
    right: "20px", bottom: "20px", minHeight: "52px", padding: "0 22px", borderRadius: "26px", cursor: "pointer",
    background: script.dataset.color || "#1d6a48", color: "#fff", font: "600 16px system-ui, sans-serif",
    boxShadow: "0 4px 18px rgba(0,0,0,.25)",
  });
  button.type = "button";
  button.textContent = open;
  button.setAttribute("aria-expanded", "false");
  let frame = null;
  const place = () => {
    const small = innerWidth < 520;
    Object.assign(frame.style, small
      ? { inset: "0 0 84px 0", width: "100%", height: "calc(100% - 84px)", borderRadius: "0" }
      : { inset: "auto 20px 84px auto", width: "390px", height: "min(640px, calc(100% - 104px))", borderRadius: "16px" });
  };
  const build = () => {
    frame = styled("iframe", { boxShadow: "0 8px 40px rgba(0,0,0,.3)", display: "none", background: "#fff" });
    frame.src = `${home}/chat/${encodeURIComponent(script.dataset.chat || "main")}?lang=${english ? "en" : "ru"}`;
    frame.title = open;
    document.body.append(frame);
    addEventListener("resize", place);
  };
  button.addEventListener("click", () => {
    if (!frame) build();
    const shown = frame.style.display === "none";
    place();
    frame.style.display = shown ? "block" : "none";
    button.textContent = shown ? close : open;
    button.setAttribute("aria-expanded", String(shown));
  });
  const add = () => document.body.append(button);
  if (document.body) add(); else addEventListener("DOMContentLoaded", add);
})();
