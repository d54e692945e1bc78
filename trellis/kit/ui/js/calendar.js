// A calendar by keys: arrows go to the sessions of the day beside and of the week above, Page Up and Down to other days.
const grid = document.querySelector("[data-calendar]");
const days = grid ? [...grid.children] : [];

function near(from, step) {
  for (let at = from + step; at >= 0 && at < days.length; at += step) {
    const link = days[at].querySelector("a");
    if (link) return link;
  }
  return null;
}
grid?.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const page = { PageUp: "prev", PageDown: "next" }[e.key];
  if (page) {
    e.preventDefault();
    document.querySelector(`a[rel=${page}]`)?.click();
    return;
  }
  const links = [...e.target.closest(".cal__day").querySelectorAll("a")];
  const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
  const along = { ArrowUp: -1, ArrowDown: 1 }[e.key];
  if (!step && !along) return;
  e.preventDefault();
  const day = days.indexOf(e.target.closest(".cal__day"));
  const within = along && links[links.indexOf(e.target) + along];
  (within || near(day, step ?? along))?.focus();
});
