// How a file looks wherever one stands: its kind on a coloured sheet, and its size.

import { el } from "./dom.js";

/** The picture of a file: its kind on a coloured sheet. */
export function sheet(name) {
  const kind = (/\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? "文件").toLowerCase();
  return el("span", { class: `sheet sheet-${kind}`, "aria-hidden": "true" }, kind);
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
