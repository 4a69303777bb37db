// A switch for the one key that acts by itself: who speaks to the computer would set it off by chance. search.js asks for it.

const KEY = "kfq-archive.keys";

/** @param {HTMLElement} part an empty paragraph */
export function start(part) {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = stored() !== "off";
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, box.checked ? "on" : "off");
    } catch {
      box.checked = true;
    }
  });
  const label = document.createElement("label");
  label.append(box, " 用 / 键跳到检索框");
  part.append(label);
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
