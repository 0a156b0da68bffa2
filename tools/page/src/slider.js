// The map's slider tells its month as it moves, and can move by itself.
const STEP = 900; // milliseconds a month

const slider = () => document.querySelector("input[data-months]");

function tell(input) {
  const month = Number(input.value);
  const name = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  input.setAttribute("aria-valuetext", name);
  const output = document.querySelector("output[for=month]");
  if (output) output.textContent = name;
}

let going = 0;
function stop() {
  clearInterval(going);
  going = 0;
  const button = document.querySelector("[data-play]");
  if (button) button.textContent = "Play";
}

function advance() {
  const input = slider();
  if (!input || Number(input.value) >= Number(input.max)) return stop();
  input.stepUp();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return undefined;
}

function play(button) {
  if (going) return stop();
  const input = slider();
  if (Number(input.value) >= Number(input.max)) input.value = input.min;
  button.textContent = "Stop";
  going = setInterval(advance, STEP);
  return undefined;
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("input[data-months]")) tell(target);
});
document.addEventListener("click", ({ target }) => {
  if (target.matches("[data-play]")) play(target);
});
document.querySelectorAll("[data-play]").forEach((button) => { button.hidden = false; });
