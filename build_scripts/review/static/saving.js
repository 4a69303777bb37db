// Saving, and what is said of it.

import { askFor } from "./dialog.js";
import { ask, Refused } from "./net.js";
import { SEVERITY } from "./words.js";

/** @import {App} from "./app.js" */

/** @param {App} app */
export async function save(app) {
  const left = app.openList.tasks.filter(({ kind }) => kind === "problem");
  if (left.length) {
    const text = [`还有${left.length}处问题，改好再保存。您的改动都记着。`, ...left.slice(0, 12).map(({ words }) => words)];
    await askFor("没有保存", [], { text });
    return;
  }
  try {
    await app.keeper.flush();
    const { model } = app;
    const at = app.history.at;
    const saving = ask("save", { layout: app.tree(model), aliases: model.aliases, settled: model.settled });
    const answer = await app.keeper.hold(saving);
    app.keeper.kept = answer.steps;
    app.keeper.again();
    if (app.history.at === at) app.history.saved();
    app.draw();
    app.say(`已保存 ${app.state.file}`);
    const result = ask("check", {}).then(
      (findings) => wordsOf(findings),
      (error) => [`没有查成：${error.message}`],
    );
    await askFor("已保存", [], { text: [`${app.state.file} 已写好。`, "archive check 正在查看整个档案…"], later: result });
  } catch (error) {
    await refused(app, /** @type {Error} */ (error));
  }
}

/** @param {App} app @param {Error} error */
async function refused(app, error) {
  app.say(`没有保存：${error.message}`);
  if (!(error instanceof Refused && error.changed)) {
    const text = ["布局文件没有改动，您的改动都记着。", error.message];
    await askFor("没有保存", [], { text });
    return;
  }
  const text = ["布局文件在别处改过了，没有覆盖它。您的改动都记着，但不再适用于现在的文件。"];
  const answer = await askFor("没有保存", [], { text, extra: "载入文件现在的内容（改动另存为 .old）" });
  if (answer?.extra) {
    await ask("restart", {});
    app.keeper.waiting = [];
    location.reload();
  }
}

/**
 * What archive check found, in words.
 * @param {{place: string, severity: string, text: string}[]} findings
 */
function wordsOf(findings) {
  const words = findings.map(({ place, severity, text }) => `${SEVERITY[severity]}　${place}：${text}`);
  return words.length ? ["archive check 的结果：", ...words] : ["archive check 没有发现问题。"];
}
