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

// input[data-day]: a day is typed the way it is written (31/05/2023), whatever the language of the browser;
// the browser's own calendar opens beside it.
const iso = (text) => {
  const parts = text.match(/^(\d{1,2})[\/.-](\d{1,2})[\/.-](\d{4})$/);
  return parts ? `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}` : "";
};

const pickDay = (entry, input) => {
  const calendar = document.createElement("input");
  calendar.type = "date";
  calendar.tabIndex = -1;
  calendar.className = "day-calendar";
  calendar.setAttribute("aria-hidden", "true");
  calendar.value = iso(input.value.trim());
  entry.append(calendar);
  calendar.addEventListener("change", () => {
    if (calendar.value) input.value = calendar.value.split("-").reverse().join("/");
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  });
  calendar.addEventListener("blur", () => calendar.remove());
  calendar.focus();
  calendar.showPicker();
};

const addCalendars = (part) => {
  const words = document.getElementById("day-button");
  if (!words || !("showPicker" in HTMLInputElement.prototype)) return;
  for (const input of part.querySelectorAll("input[data-day]")) {
    if (input.parentElement.classList.contains("day-entry")) continue;
    const entry = document.createElement("span");
    entry.className = "day-entry";
    input.replaceWith(entry);
    const button = words.content.firstElementChild.cloneNode(true);
    button.addEventListener("click", () => pickDay(entry, input));
    entry.append(input, button);
  }
};
addCalendars(document);
document.addEventListener("htmx:load", (event) => addCalendars(event.detail.elt));

// After a refused form the list of what to mend has the focus.
document.querySelector(".error-summary")?.focus();
