// A sheet of grades: each is saved as it is made. Without this script the form is sent whole.
import { csrf, say } from "./app.js";

const form = document.querySelector("[data-grades]");
const saved = document.getElementById("saved");
const waiting = new Set(); // fields still to be sent
let busy = false;

const fields = () => [...form.querySelectorAll("input.input--grade")];
function told(field, text) {
  const cell = field.closest("td");
  cell.querySelector(".field__error")?.remove();
  field.removeAttribute("aria-invalid");
  if (!text) return;
  field.setAttribute("aria-invalid", "true");
  const p = document.createElement("p");
  p.className = "field__error";
  p.textContent = text;
  cell.append(p);
}
async function send(field) {
  const key = field.name.slice(1);
  const sent = field.value;
  const body = new URLSearchParams({ one: key, value: sent, seen: form.elements[`s${key}`].value, reason: form.elements.reason.value });
  const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-CSRFToken": csrf() } });
  if (!answer.ok) throw new Error(answer.status);
  const now = await answer.json();
  if (now.seen) form.elements[`s${key}`].value = now.seen;
  if (field.value === sent && now.value !== undefined) field.value = now.value;
  if (now.result) field.closest("tr").querySelector("[data-result]").innerHTML = now.result;
  told(field, now.ok ? "" : now.said);
  saved.textContent = now.said;
  if (!now.ok) say(now.said);
  if (now.code === "reason_needed") form.elements.reason.focus();
}
async function work() {
  if (busy) return;
  busy = true;
  while (waiting.size) {
    const [field] = waiting;
    waiting.delete(field);
    try {
      await send(field);
    } catch {
      waiting.add(field);
      saved.textContent = form.dataset.failed;
      await new Promise((again) => { setTimeout(again, 4000); });
    }
  }
  busy = false;
}
form?.addEventListener("change", (e) => {
  if (!e.target.matches("input.input--grade")) return;
  waiting.add(e.target);
  saved.textContent = form.dataset.saving;
  work();
});
// Enter and the arrows go down and up in the column
form?.addEventListener("keydown", (e) => {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[e.key];
  if (!step || !e.target.matches("input.input--grade") || e.ctrlKey || e.metaKey || e.altKey) return;
  e.preventDefault();
  const part = e.target.name.split(".")[1];
  const column = fields().filter((field) => field.name.split(".")[1] === part);
  const next = column[column.indexOf(e.target) + step];
  if (next) next.focus(), next.select();
  else e.target.blur();
});
addEventListener("beforeunload", (e) => { if (waiting.size || busy) e.preventDefault(); });
