"use strict";
// Small things that pages share. Everything works without this file; it only makes it quicker.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.dataset.done = "true";
    setTimeout(() => delete button.dataset.done, 2000);
  } catch {
    source.select?.();
  }
});

// "/" goes to the search box, as long as nobody is typing.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    const box = document.querySelector("[role=search] input");
    if (box) {
      event.preventDefault();
      box.focus();
    }
  }
  if (event.key === "Escape") {
    document.querySelectorAll("header details[open]").forEach((open) => {
      open.open = false;
      open.querySelector("summary").focus();
    });
  }
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("header details[open]").forEach((open) => {
    if (!open.contains(event.target)) open.open = false;
  });
});
