// Small helps of the pages; everything can be read without them.

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
