// A slider beside a field for a number: each follows the other. What is sent is the field; without a script it is alone.
for (const slider of document.querySelectorAll("[data-slides]")) {
  const field = document.getElementById(slider.dataset.slides);
  const follow = () => {
    const typed = Number(field.value.replace(",", "."));
    if (field.value.trim() && !Number.isNaN(typed)) slider.value = typed;
  };
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", follow);
  follow();
  slider.hidden = false;
}
