"use strict";
// A figure's explanation opens in a dialog; without this file its link opens a page of its own.

const dialog = document.getElementById("explanation-dialog");

document.body.addEventListener("click", (event) => {
  const link = event.target.closest("a.explain");
  if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.getAttribute("href"), "#explanation");
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "explanation" || !dialog) return;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "dialog-close";
  close.textContent = document.documentElement.lang === "en" ? "Close" : "Đóng";
  close.addEventListener("click", () => dialog.close());
  event.detail.target.prepend(close);
  if (!dialog.open) dialog.showModal();
});

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
