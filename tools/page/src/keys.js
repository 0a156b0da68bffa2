// Keys: `?` lists them.
const LISTS = ".events > li, .tellings > li, .claims > li";
const PLACES = { t: "/", e: "/events", l: "/timeline", m: "/map", d: "/dyad", s: "/speakers", p: "/problems", r: "/review" };

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

function reviewed(button) {
  const reason = button.form.elements.reason;
  if (button.value === "reject" && !reason.value) reason.focus();
  else button.click();
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

document.addEventListener("keydown", pressed);
