// A register: each mark is saved as it is made. Without this script the form is sent whole.
import { csrf, say } from "./app.js";

const form = document.querySelector("[data-register]");
const saved = document.getElementById("saved");
const reason = document.getElementById("reason");
const rows = form ? [...form.querySelectorAll("tr[data-person]")] : [];
const waiting = new Map(); // person to the value still to be sent; the last one wins
let busy = false;

function told(row, text) {
  row.querySelector(".field__error")?.remove();
  if (!text) return;
  const p = document.createElement("p");
  p.className = "field__error";
  p.textContent = text;
  row.querySelector(".today").append(p);
}
function put(row, now) {
  form.elements[`s${row.dataset.person}`].value = now.seen;
  for (const input of row.querySelectorAll("input[type=radio]")) input.checked = input.value === now.value;
  row.querySelector(".sum").innerHTML = now.standing;
}
// Who checks in by code appears while the register is open; what somebody is about to mark here is left alone.
async function look() {
  const answer = await fetch(`${location.pathname}?since=${form.dataset.since}`).catch(() => null);
  if (!answer?.ok || busy || waiting.size) return;
  const now = await answer.json();
  for (const [person, mark] of Object.entries(now.rows)) {
    const row = form.querySelector(`tr[data-person="${person}"]`);
    if (!row) continue;
    if (form.elements[`s${person}`]) put(row, mark);
    row.querySelector(".bycode")?.remove();
    row.querySelector("th").insertAdjacentHTML("beforeend", mark.way);
  }
  if (!now.since) return;
  document.getElementById("counts").innerHTML = now.counts;
  form.dataset.since = now.since;
}
if (form?.dataset.since) setInterval(() => { if (!document.hidden) look(); }, 5000);
async function send(row, value) {
  const person = row.dataset.person;
  const body = new URLSearchParams({ one: person, value, seen: form.elements[`s${person}`].value, reason: reason?.value ?? "" });
  const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-CSRFToken": csrf() } });
  if (!answer.ok) throw new Error(answer.status);
  const now = await answer.json();
  put(row, now);
  document.getElementById("counts").innerHTML = now.counts;
  told(row, now.ok ? "" : now.said);
  saved.textContent = now.said;
  if (!now.ok) say(now.said);
  if (now.code === "reason_needed") reason?.focus();
}
async function work() {
  if (busy) return;
  busy = true;
  while (waiting.size) {
    const [row, value] = waiting.entries().next().value;
    waiting.delete(row);
    try {
      await send(row, value);
    } catch {
      if (!waiting.has(row)) waiting.set(row, value);
      saved.textContent = form.dataset.failed;
      await new Promise((again) => { setTimeout(again, 4000); });
    }
  }
  busy = false;
}
form?.addEventListener("change", (e) => {
  if (e.target.type !== "radio") return;
  waiting.set(e.target.closest("tr"), e.target.value);
  saved.textContent = form.dataset.saving;
  work();
});
form?.addEventListener("keydown", (e) => {
  const row = e.target.closest("tr[data-person]");
  if (!row || e.ctrlKey || e.metaKey || e.altKey) return;
  const pick = row.querySelector(`[data-key="${e.key.toUpperCase()}"]`);
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (!pick && !step) return;
  e.preventDefault();
  if (pick && !pick.checked) {
    pick.checked = true;
    pick.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const others = rows.filter((r) => r.querySelector("input[type=radio]"));
  const next = others[others.indexOf(row) + (step ?? 1)];
  (next?.querySelector("input:checked") ?? next?.querySelector("input[type=radio]"))?.focus();
});
addEventListener("beforeunload", (e) => { if (waiting.size || busy) e.preventDefault(); });
if (form) {
  document.getElementById("keys").hidden = false;
  rows.find((row) => row.querySelector("input[type=radio]:not(:checked)") && !row.querySelector("input:checked"))?.querySelector("input[type=radio]")?.focus({ preventScroll: true });
}
