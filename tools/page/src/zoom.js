// The map is drawn nearer by the wheel, by + and -, and moved by dragging.
const NEAREST = 40, WIDTH = 1000, HEIGHT = 520;

const drawing = () => document.querySelector("svg.map");
const view = (map) => map.getAttribute("viewBox").split(" ").map(Number);

function show(map, [left, top, wide, high]) {
  const x = Math.max(0, Math.min(WIDTH - wide, left));
  const y = Math.max(0, Math.min(HEIGHT - high, top));
  map.setAttribute("viewBox", [x, y, wide, high].map((n) => n.toFixed(2)).join(" "));
  const near = (wide / WIDTH) ** 0.6;
  for (const label of map.querySelectorAll("[data-at]")) label.setAttribute("transform", `translate(${label.dataset.at}) scale(${(wide / WIDTH).toFixed(3)})`);
  for (const dot of map.querySelectorAll("[data-r]")) dot.setAttribute("r", (dot.dataset.r * near).toFixed(2));
}

function zoom(map, by, atX = 0.5, atY = 0.5) {
  const [left, top, wide, high] = view(map);
  const now = Math.max(NEAREST, Math.min(WIDTH, HEIGHT * (wide / high), wide * by));
  const tall = (now * high) / wide;
  show(map, [left + (wide - now) * atX, top + (high - tall) * atY, now, tall]);
}

let held = null;
function begin(event) {
  const map = event.target.closest?.("svg.map");
  if (map && event.pointerType === "mouse") held = { map, x: event.clientX, y: event.clientY, from: view(map), moved: false };
}

function move(event) {
  if (!held) return;
  const box = held.map.getBoundingClientRect();
  const [left, top, wide, high] = held.from;
  const x = event.clientX - held.x, y = event.clientY - held.y;
  held.moved ||= Math.hypot(x, y) > 4;
  if (held.moved) show(held.map, [left - (x * wide) / box.width, top - (y * high) / box.height, wide, high]);
}

function turned(event) {
  const map = event.target.closest?.("svg.map");
  if (!map || !event.ctrlKey && !event.shiftKey && !map.contains(document.activeElement)) return;
  event.preventDefault();
  const box = map.getBoundingClientRect();
  zoom(map, event.deltaY > 0 ? 1.2 : 1 / 1.2, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
}

// What the slider renews keeps the view that it had.
let kept = null;
document.addEventListener("htmx:beforeSwap", () => { kept = drawing() && view(drawing()); });
document.addEventListener("htmx:afterSettle", () => { if (kept && drawing()) show(drawing(), kept); });

let dragged = false;
document.addEventListener("pointerdown", begin);
document.addEventListener("pointermove", move);
document.addEventListener("pointerup", () => { dragged = Boolean(held?.moved); held = null; });
document.addEventListener("dragstart", (event) => { if (held) event.preventDefault(); });
document.addEventListener("click", (event) => {
  if (dragged && event.target.closest("svg.map")) event.preventDefault();
  dragged = false;
  const nearer = event.target.closest("[data-zoom]");
  if (nearer && drawing()) zoom(drawing(), Number(nearer.dataset.zoom));
}, true);
document.addEventListener("wheel", turned, { passive: false });
document.querySelectorAll("[data-zoomers]").forEach((buttons) => { buttons.hidden = false; });
