// A field that shows of grouped choices those that match: <input data-narrow="id of the groups" data-none="when nothing does">
for (const field of document.querySelectorAll("[data-narrow]")) {
  const groups = [...document.getElementById(field.dataset.narrow).querySelectorAll("details")];
  const before = groups.map((group) => group.open);
  const told = field.parentElement.querySelector("[role=status]");
  field.parentElement.hidden = !groups.length;
  field.addEventListener("input", () => {
    const words = field.value.trim().toLocaleLowerCase();
    let found = 0;
    groups.forEach((group, i) => {
      let here = 0;
      for (const label of group.querySelectorAll("label")) {
        label.hidden = !label.textContent.toLocaleLowerCase().includes(words);
        here += !label.hidden;
      }
      group.hidden = !here;
      group.open = words ? true : before[i] || Boolean(group.querySelector(":checked"));
      found += here;
    });
    told.textContent = found ? "" : field.dataset.none;
  });
  // Enter looks, and sends nothing unfinished
  field.addEventListener("keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });
}
