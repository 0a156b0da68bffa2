// What pages gain where scripts run: news, keys, marked words. All works without it.
"use strict";

const main = document.getElementById("main");
const LISTS = ".events > li, .tellings > li, .claims > li";
const PLACES = { t: "/", e: "/events", l: "/timeline", m: "/map", d: "/dyad", s: "/speakers", p: "/problems", r: "/review" };

function listen() {
  const after = main.dataset.live;
  const news = main.querySelector(".news");
  if (after === undefined || !window.EventSource) return;
  const seen = new Set();
  const stream = new EventSource(`/api/v1/stream?after=${after}`);
  stream.addEventListener("happening", (message) => {
    seen.add(JSON.parse(message.data).event);
    const many = seen.size === 1 ? "1 event is" : `${seen.size} events are`;
    const link = news.querySelector("a");
    link.textContent = `${many} new or changed: show`;
    link.href = location.href;
    news.hidden = false;
  });
}

function typing(target) {
  return target.closest("input, select, textarea, dialog, [contenteditable]");
}

function step(by) {
  const items = [...document.querySelectorAll(LISTS)];
  if (!items.length) return;
  const now = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[Math.min(items.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
  const link = next.querySelector("a");
  (link || next).focus();
  next.scrollIntoView({ block: "nearest" });
}

let before = "";
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key;
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (before === "g" && PLACES[key]) location.href = PLACES[key];
  else if (key === "/") document.querySelector(".find input").focus();
  else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "?") document.getElementById("keys").showModal();
  else if (button) reviewed(button);
  else { before = key; return; }
  before = "";
  event.preventDefault();
}

function reviewed(button) {
  const reason = button.form.elements.reason;
  if (button.value === "reject" && !reason.value) reason.focus();
  else button.click();
}

// Words marked in a report go into the form for a missed claim, with where they begin.
function marked() {
  const chosen = document.getSelection();
  const form = document.querySelector("#missed form");
  if (!form || !chosen || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const piece = range.startContainer.parentElement?.closest("[data-at]");
  const words = chosen.toString().trim();
  if (!piece || !piece.closest("[data-marking=yes]") || !words) return;
  const lead = range.startContainer.textContent.slice(0, range.startOffset);
  form.elements.trigger.value = words.slice(0, 200);
  form.elements.start.value = Number(piece.dataset.at) + [...lead].length;
  document.getElementById("missed").open = true;
}

listen();
document.addEventListener("keydown", pressed);
document.querySelector(".text")?.addEventListener("mouseup", marked);
document.querySelector(".text")?.addEventListener("keyup", marked);
