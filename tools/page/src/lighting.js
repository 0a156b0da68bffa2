// A claim is found in its text: its words light up from its card, its card from them,
// and whichever is looked at, the other follows where it is out of sight.
const text = document.querySelector(".text[data-marking]");
const cards = [...document.querySelectorAll(".claims > li[id]")];
const chosen = () => document.querySelector(".claims > .chosen")?.id.slice(2) || "";

function light(ids) {
  for (const piece of text.querySelectorAll("[data-c]")) {
    piece.classList.toggle("lit", piece.dataset.c.split(" ").some((id) => ids.includes(id)));
  }
  for (const card of cards) card.classList.toggle("lit", ids.includes(card.id.slice(2)));
}

// Only a column that scrolls by itself is moved: never the page under somebody's eyes.
function follow(column, to) {
  if (!column || !to || column.scrollHeight <= column.clientHeight + 1) return;
  const [seen, at] = [column.getBoundingClientRect(), to.getBoundingClientRect()];
  if (at.top < seen.top + 40 || at.bottom > seen.bottom - 40) {
    column.scrollTop += at.top - seen.top - column.clientHeight / 3;
  }
}

function looked({ target }) {
  const card = target.closest?.(".claims > li[id]");
  const piece = target.closest?.(".text [data-c]");
  if (card) {
    light([card.id.slice(2)]);
    follow(text.closest(".reading"), document.getElementById(`w-${card.id.slice(2)}`));
  } else if (piece) {
    const ids = piece.dataset.c.split(" ");
    light(ids);
    follow(document.querySelector(".told"), document.getElementById(`c-${ids[0]}`));
  }
}

function left({ relatedTarget }) {
  if (!relatedTarget?.closest?.(".claims > li[id], .text [data-c]")) light([chosen()]);
}

if (text && cards.length) {
  document.addEventListener("mouseover", looked);
  document.addEventListener("focusin", looked);
  document.addEventListener("mouseout", left);
  document.addEventListener("focusout", left);
  // The card's link lights without a new page; its address stays that of the claim.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".claims a[href*='#w-']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const card of cards) card.classList.toggle("chosen", card.contains(link));
    history.replaceState(null, "", link.href);
    light([chosen()]);
    document.getElementById(`w-${chosen()}`)?.scrollIntoView({ block: "center" });
  });
}
