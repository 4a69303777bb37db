/**
 * Leads on from a name that stood on this page (#王波) and has gone to a page of its own, whose address is made of the name's characters
 * by number. Without a script, the letters lead there.
 */
(async () => {
  const name = decodeURIComponent(window.location.hash.slice(1));
  if (!name || document.getElementById(name)) return;
  const address = `${[...name].map((char) => (char.codePointAt(0) ?? 0).toString(16)).join("-")}/`;
  const answer = await fetch(address, { method: "HEAD" });
  if (answer.ok) window.location.replace(address);
})();
