// Lighthouse over a built site: node lighthouse.mjs SITE_FOLDER BASE_PATH PORT [--runs 5] [--only article]
// Mobile, simulated throttling, the median of five runs; below FLOOR in any category it exits with 1.
// The site is served as static hosts do, gzipped and below its base path; its SITE_URL must name the same address.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createGzip } from "node:zlib";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const FLOOR = 98;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const PAGES = {
  home: "",
  article: "issues/2024-after-0819/linfen-2024-3rd/",
  city: "cities/lvliang/",
  event: "events/2024-3/",
  search: "search/?q=%E5%A4%A7%E5%90%8C",
};

const [folder, base, port] = process.argv.slice(2);
const option = (name, fallback) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : fallback);
const runs = Number(option("--runs", 5));
const only = option("--only", "");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".png": "image/png",
};

function serve(request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  let file = path.startsWith(base) ? join(folder, normalize(path.slice(base.length))) : "";
  if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  const found = file && existsSync(file);
  if (!found) file = join(folder, "404.html");
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(found ? 200 : 404, {
    "Content-Type": type,
    "Cache-Control": "max-age=600",
    ...(/text|json|xml/.test(type) ? { "Content-Encoding": "gzip" } : {}),
  });
  const stream = createReadStream(file);
  (/text|json|xml/.test(type) ? stream.pipe(createGzip()) : stream).pipe(response);
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const server = createServer(serve);
await new Promise((resolve) => server.listen(Number(port), "127.0.0.1", resolve));
const chrome = await launch({
  chromePath: process.env.CHROMIUM,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
let failed = false;
try {
  console.log(`page      ${CATEGORIES.map((name) => name.padStart(15)).join("")}   LCP s  TBT ms   CLS   KB`);
  for (const [name, path] of Object.entries(PAGES)) {
    if (only && only !== name) continue;
    const results = [];
    for (let run = 0; run < runs; run++) {
      const { lhr } = await lighthouse(`http://127.0.0.1:${port}${base}${path}`, { port: chrome.port, onlyCategories: CATEGORIES });
      if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
      results.push(lhr);
    }
    const scores = CATEGORIES.map((category) => median(results.map((lhr) => Math.round(100 * lhr.categories[category].score))));
    const measured = (audit) => median(results.map((lhr) => lhr.audits[audit].numericValue));
    const figures = [
      (measured("largest-contentful-paint") / 1000).toFixed(2),
      measured("total-blocking-time").toFixed(0),
      measured("cumulative-layout-shift").toFixed(3),
      (measured("total-byte-weight") / 1024).toFixed(0),
    ];
    console.log(`${name.padEnd(10)}${scores.map((score) => String(score).padStart(15)).join("")}   ${figures.join("   ")}`);
    if (scores.some((score) => score < FLOOR)) {
      failed = true;
      for (const category of CATEGORIES) {
        for (const { id, weight } of results[0].categories[category].auditRefs) {
          const audit = results[0].audits[id];
          if (weight > 0 && audit.score !== null && audit.score < 0.9) console.log(`  ${category}: ${id}: ${audit.displayValue ?? audit.title}`);
        }
      }
    }
  }
} finally {
  await chrome.kill();
  server.close();
}
process.exit(failed ? 1 : 0);
