// Small helps of the pages; everything can be read without them.

// What was sent once is not sent again, however often a key is pressed before the next page is there.
let sent = false;
addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = event.target.method === "post" && !event.target.closest("[hx-post]");
});
addEventListener("pageshow", () => { sent = false; });

// One key an answer: what has data-key is pressed by it, but not while somebody types.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, select, textarea, [contenteditable]")) return;
  if (event.key === " " && event.target.closest("button, summary, a")) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
  const opened = wanted.tagName === "SUMMARY" && wanted.parentElement.querySelector("input, select");
  if (opened) opened.focus();
});

// Words selected in an article go into the form that adds a claim, with the place where they stand (in code points).
const adding = document.querySelector("#add form");
if (adding) {
  const fields = adding.elements;
  const place = (node, offset) => {
    const part = node.nodeType === Node.TEXT_NODE && node.parentElement.closest("[data-start]");
    return part ? Number(part.dataset.start) + [...node.data.slice(0, offset)].length : null;
  };
  document.addEventListener("selectionchange", () => {
    const selected = getSelection();
    if (!selected.rangeCount || selected.isCollapsed) return;
    const range = selected.getRangeAt(0);
    if (!range.commonAncestorContainer.parentElement.closest(".text") && !range.commonAncestorContainer.closest?.(".text")) return;
    const start = place(range.startContainer, range.startOffset), stop = place(range.endContainer, range.endOffset);
    const known = start !== null && stop !== null && start < stop;
    fields.start.value = known ? start : "";
    fields.stop.value = known ? stop : "";
    fields.words.value = selected.toString();
    document.querySelector("#add").open = true;
    if (matchMedia("(min-width: 44.01rem)").matches) fields.words.scrollIntoView({ block: "nearest" });
  });
  fields.words.addEventListener("input", () => { fields.start.value = fields.stop.value = ""; });
}
