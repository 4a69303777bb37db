// What an editor can do, each with its words, its key and where its button stands. Buttons, keys and the help are made of this list.

import { freshId, nameOf, neighbour, rightful } from "./choices.js";
import { askFor } from "./dialog.js";
import { find } from "./dom.js";
import { articleOf } from "./model.js";
import { pieceAt } from "./owners.js";
import { askAlias, askCorrection, askHelp, askName, askPlace, askSeries } from "./questions.js";
import { save } from "./saving.js";
import { PART } from "./words.js";

/** @import {App} from "./app.js" */
/** @import {Span} from "./types.js" */

/**
 * @typedef {{
 *   id: string, words: string, key: string, group: string, run: (argument?: any) => void, anywhere?: boolean, help?: string,
 * }} Command
 * `key`: as keyOf writes it; `group`: the heading of its buttons, "" for none; `anywhere`: its key works outside the two sides too.
 */

/**
 * @param {App} app
 * @returns {Command[]}
 */
export function makeCommands(app) {
  const { selection, page } = app;

  /** @param {string} part */
  const give = (part) => () => {
    const { spans, unit } = selection;
    if (!spans.length) return app.say("这里没有文字");
    const host = unit && unit.part === "body" ? articleOf(app.model, unit.article)?.body[unit.index] : null;
    if (unit && host && unit.article === app.active && (part === "head" || part === "body")) {
      return void app.take({ op: "head", article: unit.article, block: unit.index, head: part === "head" });
    }
    if (app.active === null) return app.say("还没有稿件：先另立一篇");
    app.take({ op: "give", spans, to: { article: app.active, part } });
  };

  /** @param {string} role */
  const role = (role) => () => {
    const { spans } = selection;
    if (spans.length) app.take({ op: "give", spans, to: { role } });
  };

  /** @param {string} type */
  const begin = (type) => () => {
    const { spans, point } = selection;
    if (!spans.length || point === null) return app.say("这里没有文字");
    const id = freshId(app, spans);
    // A few words that end no sentence are a headline; the text is given to the article after that.
    const words = page.join(spans);
    const part = type !== "caption" && words.length <= 60 && !/[。！？；]/.test(words) ? "title" : "body";
    const host = type === "caption" ? hostOf(spans[0][0]) : null;
    const parent = host && articleOf(app.model, host)?.parent === null && !isAll(host, spans) ? host : null;
    if (app.take({ op: "new", id, type, parent, spans, part })) app.turnTo(id);
  };

  /** The article round a place: a picture's text belongs to it more often than not. @param {number} offset */
  const hostOf = (offset) => pieceAt(page, app.pieces, offset)?.owner?.article ?? app.active;

  /** @param {string} id @param {Span[]} spans */
  const isAll = (id, spans) => {
    const body = articleOf(app.model, id)?.body ?? [];
    return body.every((block) => block.spans.every(([start, end]) => spans.some((span) => span[0] <= start && end <= span[1])));
  };

  /** The block of a body that the selection stands in. @returns {{article: string, block: number}|null} */
  const block = () => {
    const { unit } = app;
    if (unit?.part === "body") return { article: unit.article, block: unit.index };
    app.say("先选正文里的一段");
    return null;
  };

  /** @param {number} by */
  const moveBlock = (by) => () => {
    const { unit } = app;
    if (!unit) return app.say("先选一段");
    if (unit.part !== "body") return void app.take({ op: "shift", article: unit.article, part: unit.part, index: unit.index, by });
    app.take({ op: "move", article: unit.article, block: unit.index, to: unit.article, at: unit.index + by });
  };

  /** @param {number} by */
  const moveArticle = (by) => () => {
    const at = app.model.articles.findIndex(({ id }) => id === app.active);
    if (at < 0) return;
    if (app.take({ op: "order", article: app.active, at: at + by })) app.cards.show(/** @type {string} */ (app.active));
  };

  /** Another article, chosen by its number. @param {string} title @param {string} first offered first @param {string} submit */
  const other = async (title, first, submit) => {
    const options = app.model.articles.filter(({ id }) => id !== app.active).map(({ id }) => nameOf(app, id));
    if (!options.length) return void app.say("本版只有这一篇");
    const answer = await askFor(title, [{ name: "id", label: "稿件", kind: "select", options, value: first }], { submit });
    return answer ? /** @type {string} */ (answer.id) : undefined;
  };

  /** @type {Command[]} */
  const commands = [
    ...[
      ["kicker", "k"],
      ["title", "t"],
      ["subtitle", "s"],
      ["credit", "c"],
      ["byline", "y"],
      ["body", "b"],
      ["paragraph", "Shift+b"],
      ["head", "h"],
      ["continuation", "x"],
    ].map(([part, key]) => ({
      id: part,
      words: part === "paragraph" ? "正文合一段" : PART[part],
      key,
      group: "归入稿件",
      run: give(part),
    })),
    ...[
      ["masthead", "m"],
      ["slogan", "g"],
      ["label", "l"],
    ].map(([name, key]) => ({ id: name, words: PART[name], key, group: "归入版面", run: role(name) })),
    {
      id: "release",
      words: "取消归属",
      key: "Delete",
      group: "归入版面",
      run: () => void (selection.spans.length && app.take({ op: "give", spans: selection.spans, to: {} })),
    },
    {
      id: "cut",
      words: "分段",
      key: "d",
      group: "段落",
      help: "从光标处（或所选文字开头）起另成一段",
      run: () => {
        const at = block();
        const { point } = selection;
        if (at && point !== null && !app.take({ op: "cut", ...at, offset: point })) app.say("把光标放在新段开头的字前面，再分段");
      },
    },
    {
      id: "join",
      words: "并入上段",
      key: "j",
      group: "段落",
      run: () => {
        const at = block();
        if (at) app.take({ op: "join", ...at });
      },
    },
    { id: "up", words: "上移", key: "Alt+ArrowUp", group: "段落", help: "段落上移；标题各行、署名则前移", run: moveBlock(-1) },
    { id: "down", words: "下移", key: "Alt+ArrowDown", group: "段落", run: moveBlock(1) },
    {
      id: "new",
      words: "另立一篇",
      key: "n",
      group: "稿件",
      help: "所选文字成为新稿件（像标题的作标题，其余作正文）",
      run: begin("news"),
    },
    {
      id: "split",
      words: "从此处拆开",
      key: "Shift+n",
      group: "稿件",
      help: "从所选的段落或行起，直到篇末，另立一篇",
      run: () => {
        const at = block();
        const [span] = selection.spans;
        if (!at || !span) return;
        const { article, block: index } = at;
        const id = freshId(app, [span]);
        if (app.take({ op: "split", article, block: index, offset: span[0], to: id })) app.turnTo(id);
        else app.say("这里已经是一篇的开头");
      },
    },
    { id: "caption", words: "图片说明", key: "p", group: "稿件", help: "所选文字成为图片说明，附属于所在的稿件", run: begin("caption") },
    {
      id: "merge",
      words: "并入另一篇",
      key: "Shift+m",
      group: "稿件",
      help: "当前稿件接在另一篇之后；它的标题成为小标题",
      run: async () => {
        const article = app.active;
        const into = await other(`把稿件${app.labels.number(article ?? "")}并入`, neighbour(app, -1), "并入");
        if (into && app.take({ op: "merge", article, into }))
          app.turnTo(articleOf(app.model, into) ? into : /** @type {string} */ (article));
      },
    },
    {
      id: "swap",
      words: "对调标题",
      key: "w",
      group: "稿件",
      help: "当前稿件与另一篇对调引题、主标题、副题",
      run: async () => {
        const id = await other(`与稿件${app.labels.number(app.active ?? "")}对调标题`, rightful(app), "对调");
        if (id) app.take({ op: "swap", article: app.active, other: id });
      },
    },
    { id: "article-up", words: "稿件上移", key: "Alt+Shift+ArrowUp", group: "稿件", run: moveArticle(-1) },
    { id: "article-down", words: "稿件下移", key: "Alt+Shift+ArrowDown", group: "稿件", run: moveArticle(1) },
    {
      id: "series",
      words: "系列…",
      key: "Shift+s",
      group: "稿件",
      help: "所选文字作总题，再选其中的稿件",
      run: (id) => void askSeries(app, id ?? null, id ? "" : selection.spans.length ? freshId(app, selection.spans, "p") : ""),
    },
    {
      id: "under",
      words: "从属…",
      key: "o",
      group: "稿件",
      help: "当前稿件独立成篇、附属于别的稿件或属于系列",
      run: (id) => void askPlace(app, id ?? app.active),
    },
    { id: "rename", words: "改编号…", key: "r", group: "稿件", run: (id) => void askName(app, id ?? app.active) },
    {
      id: "correct",
      words: "订正…",
      key: "e",
      group: "文字",
      help: "先选中错字，再写订正后的字、类别和理由",
      run: (argument) => void askCorrection(app, argument ?? {}),
    },
    { id: "alias", words: "加简称…", key: "a", group: "文字", help: "所选文字是某开发区的简称", run: () => void askAlias(app) },
    {
      id: "settle",
      words: "已核",
      key: "v",
      group: "文字",
      help: "当前行的草稿理由和存疑都已看过，保存时从布局文件里删去",
      run: () => {
        const numbers = (app.remarks.get(selection.line)?.remarks ?? []).map(({ number }) => number);
        if (numbers.length) app.take({ op: "settle", numbers, on: true });
        else app.say("这一行没有待核的理由");
      },
    },
    {
      id: "settle-all",
      words: "全部已核",
      key: "Shift+v",
      group: "文字",
      help: "草稿留在布局文件里的理由都已看过",
      run: () => {
        const numbers = app.state.remarks.map(({ number }) => number).filter((number) => !app.model.settled.includes(number));
        if (numbers.length) app.take({ op: "settle", numbers, on: true });
        else app.say("没有待核的了");
      },
    },
    {
      id: "previous",
      words: "",
      key: "[",
      group: "",
      help: "去处改为上一篇（数字键直接选定）",
      run: () => app.activate(neighbour(app, -1)),
    },
    { id: "next", words: "", key: "]", group: "", help: "去处改为下一篇", run: () => app.activate(neighbour(app, 1)) },
    { id: "undo", words: "撤销", key: "Ctrl+z", group: "", anywhere: true, run: () => app.undo() },
    { id: "redo", words: "重做", key: "Ctrl+y", group: "", anywhere: true, run: () => app.redo() },
    {
      id: "readings",
      words: "数据读法",
      key: "Ctrl+e",
      group: "",
      anywhere: true,
      help: "显示或隐藏数字后面的指标、主体、批次",
      run: () => {
        const hidden = find("#cards").classList.toggle("plain");
        find('[data-command="readings"]').setAttribute("aria-pressed", String(!hidden));
      },
    },
    { id: "save", words: "保存", key: "Ctrl+s", group: "", anywhere: true, run: () => void save(app) },
    { id: "todo", words: "", key: "F8", group: "", anywhere: true, help: "到下一处待办", run: () => app.openList.step(1) },
    { id: "todo-back", words: "", key: "Shift+F8", group: "", anywhere: true, help: "到上一处待办", run: () => app.openList.step(-1) },
    {
      id: "side",
      words: "",
      key: "F6",
      group: "",
      anywhere: true,
      help: "在原版面与稿件之间来回",
      run: () => {
        const inRaw = find("#raw").contains(document.activeElement);
        if (!inRaw) return find("#raw").focus();
        if (app.cards.chosen) app.cards.focusChosen();
        else find("#cards").focus();
      },
    },
    { id: "help", words: "帮助", key: "?", group: "", run: () => void askHelp(commands) },
  ];
  return commands;
}
