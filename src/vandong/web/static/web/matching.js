// Keys of the page of doubtful rows: 1–5 choose, N somebody new, S later, U takes back.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) { return; }
    if (event.target.closest("input, select, textarea")) { return; }
    const button = document.querySelector('button[data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (button) { event.preventDefault(); button.click(); }
  });
})();
