"use strict";
// A form that decides is sent once; a file beyond the limit is not sent at all. The server holds both anyway.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-upload]")) {
    const box = form.querySelector("input[type=file]");
    const file = box.files[0];
    const note = form.querySelector("[data-too-large]");
    note.hidden = !(file && file.size > Number(box.dataset.limit));
    if (!note.hidden) {
      event.preventDefault();
      box.focus();
      return;
    }
  }
  if (form.matches("[data-once], [data-upload]")) {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "true";
  }
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
