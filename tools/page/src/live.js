// Filters act as one types, and parts of a page are renewed in place (htmx); news of the
// store are told without a reload.
import htmx from "htmx.org/dist/htmx.esm.js";

// What a strict policy forbids is not even tried: no eval, no style, no script swapped in.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  scrollIntoViewOnBoost: false,
  responseHandling: [{ code: "[23]..", swap: true }, { code: "...", swap: false, error: false }],
});

// An address names the filters that are set, and no others.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.parameters.entries()]) {
    if (value === "") detail.parameters.delete(name);
  }
});

// What cannot be answered (a filter half typed) leaves the page as it is, and says why.
const said = document.getElementById("said");
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const refused = detail.xhr.status >= 400;
  said.className = refused ? "wrong" : "aside";
  if (!refused) return;
  const fault = new DOMParser().parseFromString(detail.xhr.responseText, "text/html");
  said.textContent = fault.querySelector("main .lead")?.textContent || "No answer.";
});
document.addEventListener("htmx:afterSettle", () => {
  const sum = document.querySelector("[data-sum]");
  if (sum) said.textContent = sum.textContent.trim().replace(/\s+/g, " ");
});

const main = document.getElementById("main");
const news = main.querySelector(".news");
const seen = new Set();

function told(message) {
  seen.add(JSON.parse(message.data).event);
  const many = seen.size === 1 ? "1 event is" : `${seen.size} events are`;
  const link = news.querySelector("a");
  link.textContent = `${many} new or changed: show`;
  link.href = location.href;
  news.hidden = false;
}

if (main.dataset.live !== undefined && window.EventSource) {
  const stream = new EventSource(`/api/v1/stream?after=${main.dataset.live}`);
  stream.addEventListener("happening", told);
}
