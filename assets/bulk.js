// Bulk selection: the header box, the count and the words stay in step with the row boxes.
const boxesOf = (list) => [...list.querySelectorAll("tbody .pick input[type=checkbox]")];

function sync(list) {
  const boxes = boxesOf(list);
  const n = boxes.filter((box) => box.checked).length;
  const head = list.querySelector("thead .pick input");
  if (head) {
    head.checked = n > 0 && n === boxes.length;
    head.indeterminate = n > 0 && n < boxes.length;
  }
  for (const place of list.querySelectorAll("[data-count]")) place.textContent = n;
  if (n === 0) for (const all of list.querySelectorAll(".pick-all input")) all.checked = false;
}

/** The last row box that was clicked, for Shift. */
let last = null;

document.addEventListener("click", (event) => {
  const clear = event.target.closest(".bulk [data-clear]");
  if (clear) {
    const list = clear.closest(".bulk");
    for (const box of boxesOf(list)) box.checked = false;
    sync(list);
    list.querySelector("thead .pick input")?.focus(); // the bar and its button are gone now
    return;
  }
  const box = event.target.closest(".bulk tbody .pick input[type=checkbox]");
  if (!box) return;
  const boxes = boxesOf(box.closest(".bulk"));
  if (event.shiftKey && last && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
    sync(box.closest(".bulk"));
  }
  last = box;
});

document.addEventListener("change", (event) => {
  const list = event.target.closest(".bulk");
  if (!list) return;
  const { checked } = event.target;
  const all = list.querySelector(".pick-all input");
  if (event.target.matches("thead .pick input")) for (const box of boxesOf(list)) box.checked = checked;
  if (event.target === all && checked) for (const box of boxesOf(list)) box.checked = true;
  if (all && !checked) all.checked = false; // whoever takes one out no longer means all
  sync(list);
});

const syncAll = () => document.querySelectorAll(".bulk").forEach(sync);
syncAll();
addEventListener("pageshow", syncAll); // the browser may have restored ticks
document.addEventListener("vestibule:swapped", syncAll);
