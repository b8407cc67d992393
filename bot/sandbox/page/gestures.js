// What hands do on a phone's glass besides tapping: drop files on it, press long or right-click a bubble.

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
  glass.addEventListener("contextmenu", (event) => {
    const more = event.target.closest(".bubble")?.querySelector(".more");
    if (!more || String(getSelection())) return;
    event.preventDefault();
    more.click();
  });
}
