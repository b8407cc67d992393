// What hands do on a phone's glass besides tapping: drop files on it, press long or right-click a bubble.

const LONG = 500; // ms a finger rests before it counts as a long press

/** Files dropped on `glass` go to the composer, where there is one. */
export function acceptDrops(glass, composer) {
  let depth = 0;
  const show = (shown) => glass.classList.toggle("dropping", shown && composer() !== null);
  glass.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; show(true); });
  glass.addEventListener("dragleave", () => { depth -= 1; show(depth > 0); });
  glass.addEventListener("dragover", (event) => event.preventDefault());
  glass.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    show(false);
    composer()?.files([...event.dataTransfer.files]);
  });
}

/** A long press or a right click on a bubble opens its menu, unless text is being selected. */
export function openMenus(glass) {
  const open = (target) => {
    const more = target.closest(".bubble")?.querySelector(".more");
    more?.click();
    return Boolean(more);
  };
  let pressing = 0;
  let opened = -Infinity; // when: a phone that also reports the long press itself opens nothing twice
  const stop = () => clearTimeout(pressing);
  glass.addEventListener("contextmenu", (event) => {
    if (event.timeStamp - opened < 1000) event.preventDefault();
    else if (!String(getSelection()) && open(event.target)) event.preventDefault();
  });
  glass.addEventListener("pointerdown", ({ pointerType, target, timeStamp }) => {
    stop();
    if (pointerType === "touch") pressing = setTimeout(() => { if (open(target)) opened = timeStamp + LONG; }, LONG);
  });
  for (const end of ["pointerup", "pointercancel", "pointermove"]) {
    glass.addEventListener(end, (event) => { if (end !== "pointermove" || Math.hypot(event.movementX, event.movementY) > 4) stop(); });
  }
}
