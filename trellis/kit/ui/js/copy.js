// A button that copies the text of a field: <button data-copy="id of the field" data-copied="what to say then" hidden>
import { say } from "./app.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    say(button.dataset.copied);
  });
}
