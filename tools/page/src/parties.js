// Words of the text are made a party by a click; the cast is picked into the answer.
const making = document.querySelector(".making");
const around = document.querySelector("[data-parties]");

function written(words) {
  const cast = [...document.querySelectorAll("[data-pick] option[data-text]")];
  return cast.find((one) => one.dataset.text === words)?.value || `${words} = ?`;
}

function add(input, told) {
  const parts = input.value.split(";").map((part) => part.trim()).filter(Boolean);
  if (!parts.includes(told)) input.value = [...parts, told].join("; ");
  input.focus();
  const at = input.value.lastIndexOf("?");
  if (told.endsWith("= ?")) input.setSelectionRange(at, at + 1);
}

// A click takes the word under it, a selection all that is selected.
function chosen() {
  const told = document.getSelection();
  if (!told || !told.anchorNode || !around.contains(told.anchorNode)) return;
  if (told.isCollapsed) {
    told.modify("move", "backward", "word");
    told.modify("extend", "forward", "word");
  }
  const words = told.toString().trim().replace(/\s+/g, " ").slice(0, 200);
  making.hidden = !words;
  making.querySelector("[data-words]").textContent = words;
}

if (making && around) {
  around.addEventListener("mouseup", () => setTimeout(chosen));
  around.addEventListener("keyup", chosen);
  making.addEventListener("click", ({ target }) => {
    const side = target.dataset.make;
    if (!side) return;
    const words = making.querySelector("[data-words]").textContent;
    add(document.getElementById(`a-${side}`), written(words));
    making.hidden = true;
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.dataset.pick || !target.value) return;
    add(document.getElementById(target.dataset.pick), target.value);
    target.value = "";
  });
}
