// What is on a board: adding cards, the rest of a long column, and a card as a dialog that is saved when it is closed.
import { fill, say, toast } from "./app.js";
import { board, counted, counts, idOf, lists, look, newKey, offer, post, remove, request, send, words } from "./board.js";

/* ---- Adding, and the rest of a long column ---- */
const faces = (html) => { const t = document.createElement("template"); t.innerHTML = html; return [...t.content.children]; };
board.addEventListener("submit", (e) => {
  const form = e.target.closest("[data-add]");
  if (!form) return;
  e.preventDefault();
  const input = form.elements.title, text = input.value.trim();
  if (!text) return;
  const list = lists.find((l) => l.dataset.lane === form.dataset.add);
  const body = new URLSearchParams(new FormData(form));
  body.set("column", form.dataset.add);
  const card = document.createElement("li");
  card.className = "kcard is-new";
  card.textContent = text;
  list.append(card);
  list.dataset.n = Number(list.dataset.n) + 1;
  counts();
  input.value = "";
  form.elements.key.value = newKey();
  input.focus();
  card.scrollIntoView({ block: "nearest" }); // above the field, which on a phone lies over the list
  const gone = (said) => { card.remove(); list.dataset.n -= 1; counts(); input.value ||= text; toast(said); };
  send({
    url: form.action,
    body,
    async done(answer) {
      const said = await answer.text();
      if (!answer.ok) { gone(answer.status === 422 ? said : fill(words.saidGone, { title: text })); return; }
      card.replaceWith(...faces(said));
      say(fill(words.added, { title: text }));
      counted();
    },
    failed: () => gone(fill(words.saidNotAdded, { title: text })),
  });
});
board.addEventListener("toggle", (e) => e.target.open && e.target.querySelector("[data-add] .input")?.focus(), true);
board.addEventListener("click", async (e) => {
  const more = e.target.closest("[data-rest]");
  if (!more) return;
  e.preventDefault();
  const list = more.closest(".lane").querySelector("[data-lane]");
  const answer = await fetch(`${more.getAttribute("href")}?after=${more.dataset.rest}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) { toast(words.saidNotLoaded); return; }
  const found = faces(await answer.text());
  for (const card of found) { document.getElementById(card.id)?.remove(); list.append(card); }
  found[0]?.querySelector("a").focus();
  if (found.length && list.children.length < Number(list.dataset.n)) more.dataset.rest = idOf(found.at(-1));
  else more.closest("p").remove();
});

/* ---- A card as a dialog: closing it saves it ---- */
const sheet = document.getElementById("card");
const body = document.getElementById("card-body");
let open = null;
const typed = (form) => form && new URLSearchParams(new FormData(form)).toString();
let asked = 0; // an answer that was overtaken by a later one is not shown
const show = (id, html) => document.getElementById(`card-${id}`)?.replaceWith(...faces(html));
async function fresh(id) {
  const mine = (asked += 1);
  const answer = await fetch(`/cards/${id}/?face`, { headers: { "HX-Request": "true" } }).catch(() => null);
  const html = answer?.ok && await answer.text();
  if (html && mine === asked) show(id, html);
}
function fillSheet(html) {
  body.innerHTML = html;
  open.form = body.querySelector("[data-card]");
  open.was = typed(open.form);
}
async function lost(answer) { // deleted on another device: what was written is shown once more, to be copied
  remove(document.getElementById(`card-${open.id}`));
  fillSheet(await answer.text());
}
board.addEventListener("click", async (e) => {
  const link = e.target.closest(".kcard__title");
  if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  const card = link.closest(".kcard");
  if (card.ariaBusy) return; // asked for already
  card.ariaBusy = "true";
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  const html = answer?.ok && await answer.text();
  card.ariaBusy = null;
  if (!html) { toast(words.saidNotLoaded); return; }
  if (sheet.open) return;
  open = { id: idOf(card), url: link.href };
  fillSheet(html);
  unfold();
  if (!matchMedia("(pointer: coarse)").matches) body.querySelector("[name=title]")?.focus(); // no keyboard over the card
});
// The way back of a phone closes the card and does not leave the board.
if (history.state?.card) history.replaceState(null, "");
function unfold() {
  sheet.showModal();
  if (!history.state?.card) history.pushState({ card: open.id }, "");
}
const leave = () => history.state?.card && history.back();
addEventListener("popstate", () => sheet.close());
async function saveCard() {
  const now = open;
  const answer = await post(now.url, new URLSearchParams(new FormData(now.form))).catch(() => null);
  if (answer?.ok) {
    if (open === now) { open = null; sheet.close(); leave(); } // else another card was opened meanwhile
    const said = await answer.text();
    asked += 1;
    show(now.id, said);
    document.querySelector(`#card-${now.id} .kcard__title`)?.focus();
    const act = answer.headers.get("X-Act");
    if (act) offer(words.saved, act, () => fresh(now.id));
    look(true);
    return;
  }
  if (!sheet.open) unfold();
  if (!answer) { toast(words.saidNotLoaded); return; }
  if (answer.status === 404) { lost(answer); return; }
  fillSheet(await answer.text());
  open.was = ""; // what was refused is not saved yet
  body.querySelector(".note, [aria-invalid]")?.scrollIntoView({ block: "nearest" });
}
sheet.addEventListener("close", () => {
  if (!open) return;
  if (typed(open.form) !== open.was) saveCard();
  else { open = null; leave(); }
});
addEventListener("pagehide", () => { // what is typed into an open card goes along, unless it was refused
  if (open?.was && typed(open.form) !== open.was) fetch(open.url, request(new URLSearchParams(new FormData(open.form)))).catch(() => {});
});
sheet.addEventListener("submit", async (e) => {
  const form = e.target;
  if (form.matches("[data-card]")) { e.preventDefault(); saveCard(); return; }
  if (!form.matches("[data-steps]")) return;
  e.preventDefault();
  const sent = new URLSearchParams(new FormData(form));
  if (e.submitter?.name) sent.set(e.submitter.name, e.submitter.value);
  const { id } = open;
  const at = [...body.querySelectorAll("[data-steps] button")].indexOf(e.submitter);
  const answer = await post(form.action, sent).catch(() => null);
  if (answer?.status === 404) { document.getElementById("steps").innerHTML = await answer.text(); return; }
  if (!answer?.ok) { toast(words.saidNotLoaded); return; }
  document.getElementById("steps").outerHTML = await answer.text();
  (sent.has("do") ? body.querySelectorAll("[data-steps] button")[at] : document.getElementById("new-step"))?.focus();
  fresh(id);
  look(true);
});
