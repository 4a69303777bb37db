// Begins the review: asks for the page, makes buttons and keys, draws.

import { App } from "./app.js";
import { makeCommands } from "./commands.js";
import { fill, find, make } from "./dom.js";
import { makeKeys } from "./keys.js";
import { articleOf } from "./model.js";
import { ask } from "./net.js";
import { keyWords } from "./questions.js";

/** @import {Command} from "./commands.js" */

/** @param {App} app @param {Command[]} commands */
function makeButtons(app, commands) {
  const goal = make("select", { id: "goal", change: () => app.activate(goal.value) });
  const groups = [...new Set(commands.map(({ group }) => group))].filter((group) => group);
  const box = find("#actions");
  const about = find("#about");
  box.replaceChildren(
    make("p", { class: "goal" }, make("label", { for: "goal" }, "去处"), goal),
    ...groups.map((group) => {
      const buttons = commands.filter((command) => command.group === group);
      return make("div", { class: "group", role: "group", "aria-label": group }, ...buttons.map((command) => button(command)));
    }),
  );
  for (const place of document.querySelectorAll(".tools [data-command]")) {
    const command = commands.find(({ id }) => id === /** @type {HTMLElement} */ (place).dataset.command);
    if (command) dress(/** @type {HTMLButtonElement} */ (place), command);
  }
  find('[data-command="readings"]').setAttribute("aria-pressed", "true");
  app.drawers.push(() => {
    /** @type {[string, string][]} */
    const options = app.model.articles.map((article) => {
      const words = app.page.join(article.title.length ? article.title : (article.body[0]?.spans ?? [])).slice(0, 16);
      return [article.id, `${app.labels.number(article.id)}　${words}`];
    });
    fill(goal, options, app.active ?? "");
    about.textContent = aboutSelection(app);
    find("#title").textContent = `校读版面　${app.state.issue} ${app.state.page}${app.history.isSaved ? "" : "　·未保存"}`;
    document.title = `${app.history.isSaved ? "" : "● "}${app.state.issue}/${app.state.page} 校读`;
    find('[data-command="undo"]').toggleAttribute("disabled", !app.history.last);
    find('[data-command="redo"]').toggleAttribute("disabled", !app.history.next);
  });
}

/** @param {Command} command */
function button(command) {
  const element = make("button", { type: "button", dataset: { command: command.id } });
  dress(element, command);
  return element;
}

/** @param {HTMLButtonElement} element @param {Command} command */
function dress(element, command) {
  element.replaceChildren(command.words, make("kbd", { "aria-hidden": "true" }, keyWords(command.key)));
  element.title = command.help ?? command.words;
  element.setAttribute("aria-keyshortcuts", command.key.replace("Ctrl", "Control"));
  // The selection and the keyboard's focus stay where they are.
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("click", () => command.run());
}

/** What is chosen, what it belongs to, and what the draft said of its line. @param {App} app */
function aboutSelection(app) {
  const { selection, page, unit } = app;
  const { spans } = selection;
  const where = spans.length ? page.describe(spans) : `第${selection.line}行（空行）`;
  const name = unit ? `稿件${app.labels.number(unit.article)} ${articleOf(app.model, unit.article)?.title.length ? "" : "（无标题）"}` : "";
  const said = app.remarks.get(selection.line);
  const words = new Set([...(said?.remarks ?? []), ...(said?.notes ?? [])].map(({ text, doubt }) => (doubt ? `待核：${text}` : text)));
  return `所选：${where}　${name}${words.size ? `　草稿：${[...words].join("；")}` : ""}`;
}

async function start() {
  const app = new App(await ask("page"));
  const commands = makeCommands(app);
  app.run = (id, argument) => commands.find((command) => command.id === id)?.run(argument);
  makeButtons(app, commands);
  makeKeys(app, commands);
  app.tellKept(0, null);
  app.draw();
  if (app.state.set_aside) app.say("上次没有保存的改动不适用于现在的文件，已另存为 .old");
  else if (app.history.steps.length) app.say(`已接着上次：${app.history.at}步改动`);
  else app.say("先选文字，再按上面的按钮；按 ? 看帮助");
  addEventListener("beforeunload", (event) => {
    if (app.keeper.waiting.length) event.preventDefault();
  });
  find("#raw").focus();
  await app.read();
  document.documentElement.dataset.ready = "yes";
}

start().catch((error) => {
  find("#said").textContent = `打不开：${error.message}`;
});
