"use strict";
// Small things that pages share. Every page works without this file; it only makes it quicker.

const say = (button, word) => {
  const status = button.parentElement.querySelector("[data-said]");
  if (status) status.textContent = word ? status.dataset.said : "";
};

// [data-copy="#id"]: the text of that part goes to the clipboard; where that is refused, it is selected.
const copy = async (button) => {
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText("value" in source ? source.value : source.textContent.trim());
    button.dataset.done = "true";
    say(button, true);
    setTimeout(() => {
      delete button.dataset.done;
      say(button, false);
    }, 4000);
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-opens]");
  if (button?.dataset.copy) copy(button);
  if (button?.dataset.opens) document.querySelector(button.dataset.opens)?.showModal();
  document.querySelectorAll("header details[open]").forEach((open) => {
    if (!open.contains(event.target)) open.open = false;
  });
});

// "/" goes to the search box, as long as nobody is typing. Esc closes the menus and gives the focus back.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const boxes = [...document.querySelectorAll("[role=search] input[type=search]")];
    const box = boxes.find((one) => one.checkVisibility());
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
  if (event.key === "Escape") {
    document.querySelectorAll("header details[open]").forEach((open) => {
      const inside = open.contains(document.activeElement);
      open.open = false;
      if (inside) open.querySelector("summary").focus();
    });
  }
});

// A menu that the focus has left does not lie over the page.
document.addEventListener("focusout", (event) => {
  const menu = event.target.closest("header details[open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

// What a part of a page could not fetch is said, never left silent.
const trouble = (kind) => {
  const line = document.getElementById("trouble");
  if (!line) return;
  line.textContent = kind ? line.dataset[kind] : "";
  line.hidden = !kind;
};
document.addEventListener("htmx:sendError", () => trouble("offline"));
document.addEventListener("htmx:responseError", () => trouble("failed"));
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.xhr.status < 400) trouble("");
});

// Requests of htmx that are no form's carry the token too (in htmx 4 attributes are not inherited from body).
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});

// After a refused form the list of what to mend has the focus.
document.querySelector(".error-summary")?.focus();
