// What the page does by itself: it copies the answer, and shows what is wrong first.
"use strict";

const button = document.getElementById("copy");
if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.text);
    document.getElementById("status").textContent = button.dataset.done;
  });
}

const alert = document.querySelector("[role=alert]");
if (alert) {
  alert.tabIndex = -1;
  alert.focus();
}
