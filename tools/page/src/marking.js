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

document.querySelector(".text")?.addEventListener("mouseup", marked);
document.querySelector(".text")?.addEventListener("keyup", marked);
