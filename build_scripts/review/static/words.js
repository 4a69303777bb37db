// The interface's Chinese: names of parts, types and steps.

/** @import {Step} from "./types.js" */

/** @type {Record<string, string>} */
export const PART = {
  kicker: "引题",
  title: "主标题",
  subtitle: "副题",
  credit: "讯头",
  byline: "署名",
  body: "正文",
  paragraph: "正文（合为一段）",
  head: "小标题",
  continuation: "下转",
  package: "总题",
  masthead: "报头",
  slogan: "口号",
  label: "栏目",
};

/** What stands before a line of the raw page and beside a part of an article. @type {Record<string, string>} */
export const SHORT = {
  kicker: "引题",
  title: "标题",
  subtitle: "副题",
  credit: "讯头",
  byline: "署名",
  body: "段",
  head: "小题",
  continuation: "下转",
  package: "系列",
  masthead: "报头",
  slogan: "口号",
  label: "栏目",
};

/** @type {Record<string, string>} */
export const TYPE = { brief: "简讯", news: "消息", feature: "通讯", editors_note: "编前语", caption: "图片说明" };

/** @type {Record<string, string>} */
export const KIND = { glyph: "字符识别", typo: "原刊误植", ocr: "识别误差", duplicate: "重出", number: "数字" };

/** What archive check calls its findings. @type {Record<string, string>} */
export const SEVERITY = { error: "错误", warning: "注意", doubt: "待核" };

/** @type {Record<string, string>} */
const STEP = {
  new: "另立一篇",
  split: "从此处起另立一篇",
  merge: "并入另一篇",
  join: "并入上段",
  cut: "分段",
  move: "移动段落",
  order: "调整稿件次序",
  swap: "对调标题",
  shift: "调换标题各行",
  rename: "改编号",
  series: "建系列",
  unseries: "取消系列",
  correct: "订正",
  uncorrect: "撤去订正",
  settle: "标为已核",
  alias: "加简称",
  unalias: "撤去简称",
};

/**
 * What a step did, for undo, redo and the status line.
 * @param {Step} step
 */
export function describe(step) {
  if (step.op === "give") {
    if (step.to.role) return `归入${PART[step.to.role]}`;
    if (step.to.series) return "归入总题";
    return step.to.article ? `归入${PART[step.to.part]}` : "取消归属";
  }
  if (step.op === "head") return step.head ? "改为小标题" : "改为正文";
  if (step.op === "set") return { type: "改体裁", parent: "改所属稿件", package: "改所属系列" }[/** @type {"type"} */ (step.key)];
  return STEP[step.op] ?? step.op;
}

/**
 * The names of zones and cities without their long tails, for the marks on figures.
 * @param {string} name
 */
export const brief = (name) =>
  name
    .replace(/经济技术开发区$/, "经开区")
    .replace(/高新技术产业开发区$/, "高新区")
    .replace(/^山西转型综合改革示范区$/, "综改示范区");
