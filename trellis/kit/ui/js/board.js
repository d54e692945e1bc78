// A board: moving cards by pointer, keys and dialog; adding and editing them without leaving it. The screen answers at
// once; what was done is sent in order, and put back with a word when it could not be saved.
import { csrf, fill, say, toast } from "./app.js";

export const board = document.querySelector("[data-board]");
export const words = board.dataset;
export const lists = [...board.querySelectorAll("[data-lane]")];
const cardsIn = (list, except) => [...list.children].filter((c) => c !== except);
const title = (card) => card.querySelector(".kcard__title").textContent.trim();
export const idOf = (card) => card?.id.slice(5) ?? "";
const still = matchMedia("(prefers-reduced-motion: reduce)");
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
const wait = (ms) => new Promise((go) => { setTimeout(go, ms); });

/* ---- What is to be sent: one after the other, each once by its key ---- */
const waiting = [];
let busy = false;
let known = Number(words.sequence);
export const counted = () => { known += 1; };
const behind = () => { document.getElementById("behind").hidden = false; };

export const request = (body) => ({ method: "POST", body, keepalive: true, headers: { "X-CSRFToken": csrf(), "HX-Request": "true" } });
export async function post(url, body) {
  for (let tries = 2; ; tries -= 1) {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), 20000);
    try {
      const answer = await fetch(url, { ...request(body), signal: stop.signal });
      if (answer.status >= 500 || answer.redirected) throw new Error(answer.status);
      return answer;
    } catch (e) {
      if (tries < 2 || !navigator.onLine) throw e;
      await wait(600);
    } finally {
      clearTimeout(late);
    }
  }
}
async function work() {
  if (busy) return;
  busy = true;
  while (waiting.length) {
    const job = waiting[0];
    try {
      await job.done(await post(job.url, job.body));
    } catch {
      job.failed();
    }
    waiting.shift();
  }
  busy = false;
}
export function send(job) { waiting.push(job); work(); }
const overtaken = (job) => job.card && waiting.some((j, i) => j.card === job.card && i > waiting.indexOf(job));
addEventListener("beforeunload", (e) => { if (waiting.length) e.preventDefault(); });
// Who leaves all the same, or on a phone was not asked: what waits goes now, as one act in its order
addEventListener("pagehide", () => {
  if (waiting.length) fetch(words.leaving, request(new URLSearchParams(waiting.map((job) => ["act", job.body])))).catch(() => {});
});

export async function look(mine) {
  const answer = await fetch(`/boards/${words.board}/?since`).catch(() => null);
  if (!answer?.ok || waiting.length) return;
  const { sequence } = await answer.json();
  if (!mine && sequence > known) behind();
  known = sequence;
}
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
addEventListener("pageshow", (e) => { if (e.persisted) look(); });

/* ---- The way back ---- */
let back = null;
export function offer(text, act, restore) {
  const told = toast(text);
  back = act ? async () => {
    back = null;
    const answer = await post(`/boards/${words.board}/acts/${act}/undo/`).then((a) => a.json()).catch(() => null);
    if (answer?.ok) await restore();
    if (answer) known = answer.sequence;
    toast(answer?.said ?? words.saidNotLoaded);
  } : null;
  if (!back) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.undo;
  button.addEventListener("click", () => back?.());
  told.append(button);
}
document.addEventListener("keydown", (e) => {
  if ((e.ctrlKey || e.metaKey) && e.key === "z" && back && !e.target.closest("input, textarea, dialog")) { e.preventDefault(); back(); }
});

/* ---- Where cards are ---- */
const counters = [...document.querySelectorAll("[data-count]")];
export function counts() {
  for (const list of lists) {
    const n = Number(list.dataset.n);
    for (const el of counters) if (el.dataset.count === list.dataset.lane) el.textContent = n;
    const hint = list.closest(".lane").querySelector("[data-limit]");
    hint?.classList.toggle("is-over-limit", n > Number(hint.dataset.limit));
  }
}
// The cards of a list that are on screen or close to it: however long it is, only these are looked at one by one
function near(list) {
  const cards = list.children, edge = 200;
  let from = 0, to = cards.length;
  while (from < to) {
    const mid = (from + to) >> 1;
    if (cards[mid].getBoundingClientRect().bottom < -edge) from = mid + 1; else to = mid;
  }
  while (to < cards.length && cards[to].getBoundingClientRect().top < innerHeight + edge) to += 1;
  return [...cards].slice(from, to);
}
// Slide the neighbours instead of letting them jump. Everything is read before anything is written: a look after each
// write would lay the board out again for every card.
const sliding = new WeakMap();
function flip(change, card, touched) {
  if (still.matches) return change();
  const before = new Map([card, ...touched.flatMap(near)].map((c) => [c, c.getBoundingClientRect()]));
  for (const c of before.keys()) sliding.get(c)?.cancel();
  change();
  const shifts = [...before].map(([c, a]) => { const b = c.getBoundingClientRect(); return [c, a.left - b.left, a.top - b.top]; });
  for (const [c, dx, dy] of shifts) if (dx || dy) sliding.set(c, c.animate([{ transform: `translate(${dx}px,${dy}px)` }, { transform: "none" }], { duration: 180, easing: "cubic-bezier(.2,.8,.2,1)" }));
}
const rest = (list) => list.closest(".lane").querySelector("[data-rest]"); // of a long column, what is loaded next
function put(card, list, next) {
  const old = card.parentElement, more = rest(old);
  if (more?.dataset.rest === idOf(card)) more.dataset.rest = idOf(card.previousElementSibling); // the rest begins behind who stays
  const target = next?.parentElement === list ? next : null;
  flip(() => list.insertBefore(card, target), card, [...new Set([old, list])]);
  if (old === list) return;
  old.dataset.n -= 1;
  list.dataset.n = Number(list.dataset.n) + 1;
  counts();
}
export function remove(card) { // deleted on another device
  const list = card.parentElement;
  card.remove();
  list.dataset.n -= 1;
  counts();
}
const place = (card, list, index) => put(card, list, cardsIn(list, card)[index]);
const where = (card) => ({ list: card.parentElement, next: card.nextElementSibling, index: [...card.parentElement.children].indexOf(card) });
const same = (a, b) => a.list === b.list && a.index === b.index;
const told = (card, text, last) => { const w = where(card), { name, n } = w.list.dataset; return fill(text, { title: title(card), lane: name, pos: last ? n : w.index + 1, n }); };

function save(card, from, last) { // `last`: behind what is not loaded too
  const list = card.parentElement;
  const at = { card: idOf(card), column: list.dataset.lane, after: last ? "" : idOf(card.previousElementSibling), before: last ? "" : idOf(card.nextElementSibling), place: last || card.previousElementSibling ? "last" : "first", key: newKey() };
  const goBack = () => put(card, from.list, from.next);
  const job = {
    card,
    url: `/cards/${idOf(card)}/move/`,
    body: new URLSearchParams(at),
    async done(answer) {
      if (answer.status === 404) { remove(card); toast(fill(words.saidGone, { title: title(card) })); return; }
      const now = await answer.json();
      if (now.sequence > known + 1) behind();
      known = now.sequence;
      if (now.ok) { if (!overtaken(job)) offer(told(card, words.saidDropped, last), now.act, goBack); return; }
      goBack();
      toast(now.said);
      behind();
    },
    failed() { // tell the truth: put it back, and what was to follow with it
      for (let i = waiting.length - 1; i > 0; i -= 1) if (waiting[i].card === card) waiting.splice(i, 1);
      goBack();
      toast(fill(words.saidFailed, { title: title(card) }));
    },
  };
  send(job);
}

/* ---- Pointer: mouse and handle at once, touch after a long press so that scrolling stays natural ---- */
let drag = null;
board.addEventListener("dragstart", (e) => e.preventDefault());
board.addEventListener("pointerdown", (e) => {
  const card = e.target.closest(".kcard");
  if (!card || card.matches(".is-new") || e.button !== 0 || held) return;
  drag = { card, id: e.pointerId, x: e.clientX, y: e.clientY, from: where(card), slow: e.pointerType === "touch" && !e.target.closest(".grip"), touch: e.pointerType === "touch" };
  if (drag.slow) drag.timer = setTimeout(() => { lift(); navigator.vibrate?.(12); }, 320);
});
function lift() {
  const { card } = drag;
  const box = card.getBoundingClientRect();
  drag.on = true; drag.dx = drag.x - box.left; drag.dy = drag.y - box.top;
  drag.fly = card.cloneNode(true);
  drag.fly.removeAttribute("id");
  drag.fly.classList.add("is-flying");
  drag.fly.setAttribute("aria-hidden", "true");
  drag.fly.inert = true;
  drag.fly.style.width = `${box.width}px`;
  document.body.append(drag.fly);
  card.classList.add("is-ghost");
  document.documentElement.classList.add("is-dragging");
  board.classList.add("is-busy");
  getSelection()?.removeAllRanges();
  follow(drag.x, drag.y);
}
function follow(x, y) {
  drag.cx = x; drag.cy = y;
  drag.fly.style.left = `${x - drag.dx}px`;
  drag.fly.style.top = `${y - drag.dy}px`;
  const lane = document.elementFromPoint(x, y)?.closest(".lane");
  for (const l of board.querySelectorAll(".lane")) l.classList.toggle("is-over", l === lane);
  const list = lane?.querySelector("[data-lane]");
  if (list) {
    const mates = cardsIn(list, drag.card), at = y - board.getBoundingClientRect().top;
    let i = mates.findIndex((c) => at < c.offsetTop + c.offsetHeight / 2); // where they will lie, not where they slide past
    if (i < 0) i = mates.length;
    const now = where(drag.card);
    if (now.list !== list || now.index !== i) place(drag.card, list, i);
  }
  const b = board.getBoundingClientRect();
  drag.pan = x > innerWidth - 48 ? 12 : x < b.left + 48 ? -12 : 0;
  drag.scroll = y > innerHeight - 72 ? 10 : y < 90 ? -10 : 0;
  if ((drag.pan || drag.scroll) && !drag.raf) drag.raf = requestAnimationFrame(tick);
}
function tick() {
  if (!drag?.on) return;
  drag.raf = 0;
  board.scrollBy(drag.pan, 0);
  scrollBy(0, drag.scroll);
  follow(drag.cx, drag.cy);
}
addEventListener("pointermove", (e) => {
  if (!drag || e.pointerId !== drag.id) return;
  if (!drag.on) {
    const far = Math.hypot(e.clientX - drag.x, e.clientY - drag.y);
    if (drag.slow) { if (far > 8) drop(true); return; }
    if (far < 5) return;
    lift();
  }
  follow(e.clientX, e.clientY);
});
addEventListener("touchmove", (e) => { if (drag?.on) e.preventDefault(); }, { passive: false });
board.addEventListener("contextmenu", (e) => { if (drag?.touch) e.preventDefault(); });
function drop(cancel) {
  if (!drag) return;
  const d = drag;
  drag = null;
  clearTimeout(d.timer);
  if (!d.on) return;
  d.fly.remove();
  d.card.classList.remove("is-ghost");
  document.documentElement.classList.remove("is-dragging");
  board.classList.remove("is-busy");
  for (const l of board.querySelectorAll(".lane")) l.classList.remove("is-over");
  if (cancel) { put(d.card, d.from.list, d.from.next); return; }
  const swallow = (e) => { e.preventDefault(); e.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  if (!same(where(d.card), d.from)) save(d.card, d.from);
}
addEventListener("pointerup", (e) => { if (drag && e.pointerId === drag.id) drop(false); });
addEventListener("pointercancel", () => drop(true));

/* ---- Keyboard: Space lifts, arrows move, Space or Enter drops, Escape puts back ---- */
let held = null;
function settle(keep) {
  const { card, from } = held;
  held = null;
  card.classList.remove("is-lifted");
  if (!keep) put(card, from.list, from.next);
  if (keep && !same(where(card), from)) save(card, from);
  else say(words.saidBack);
}
board.addEventListener("keydown", (e) => {
  const grip = e.target.closest(".grip");
  if (!grip) return;
  const card = grip.closest(".kcard");
  if (!held) {
    if (e.key !== " ") return;
    e.preventDefault();
    held = { card, from: where(card) };
    card.classList.add("is-lifted");
    say(told(card, words.saidLifted));
    return;
  }
  const now = where(card), lane = lists.indexOf(now.list);
  const go = (list, i) => {
    if (!list || i < 0 || i > cardsIn(list, card).length) return;
    held.moving = true;
    place(card, list, i);
    grip.focus();
    if (held) held.moving = false;
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(told(card, words.saidMoved));
  };
  const keys = {
    ArrowUp: () => go(now.list, now.index - 1),
    ArrowDown: () => go(now.list, now.index + 1),
    ArrowLeft: () => lane > 0 && go(lists[lane - 1], Math.min(now.index, lists[lane - 1].children.length)),
    ArrowRight: () => lane < lists.length - 1 && go(lists[lane + 1], Math.min(now.index, lists[lane + 1].children.length)),
    Escape: () => { settle(false); grip.focus(); },
    " ": () => { settle(true); grip.focus(); },
    Enter: () => { settle(true); grip.focus(); },
  };
  if (!keys[e.key]) return;
  e.preventDefault();
  keys[e.key]();
});
board.addEventListener("focusout", () => { if (held && !held.moving) setTimeout(() => { if (held && document.activeElement !== held.card.querySelector(".grip")) settle(true); }, 50); });

/* ---- A press on the handle: the dialog with a plain form ---- */
const dialog = document.getElementById("move");
const moving = dialog.querySelector("form");
board.addEventListener("click", (e) => {
  const grip = e.target.closest(".grip");
  if (!grip || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  if (held) return;
  dialog.card = grip.closest(".kcard");
  dialog.querySelector("[data-title]").textContent = title(dialog.card);
  dialog.querySelector("[data-elsewhere]")?.setAttribute("href", grip.href);
  for (const radio of moving.elements.column) radio.checked = radio.value === dialog.card.parentElement.dataset.lane;
  dialog.showModal();
  moving.querySelector(":checked")?.focus();
});
moving.addEventListener("submit", (e) => {
  e.preventDefault();
  const { card } = dialog;
  const from = where(card);
  const list = lists.find((l) => l.dataset.lane === new FormData(moving).get("column"));
  dialog.close();
  const first = e.submitter?.value === "first", last = !first && rest(list);
  place(card, list, first ? 0 : cardsIn(list, card).length);
  if (last || !same(where(card), from)) save(card, from, last);
  card.querySelector(".grip").focus();
});

/* ---- Phone: the tabs, and the field to add a card, follow the column on screen ---- */
const tabs = [...document.querySelectorAll(".lanetabs a")];
const seen = new IntersectionObserver((es) => es.forEach((x) => {
  x.target.classList.toggle("is-here", x.isIntersecting); // where its field to add a card is within reach
  if (x.isIntersecting) tabs.forEach((t) => (t.hash === `#${x.target.id}` ? t.setAttribute("aria-current", "true") : t.removeAttribute("aria-current")));
}), { root: board, threshold: 0.6 });
for (const lane of document.querySelectorAll(".lane")) seen.observe(lane);
