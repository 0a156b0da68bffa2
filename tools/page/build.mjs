// Builds what the page serves of other people's work: one script, the map's outlines,
// their licences, and a record of what they were built from, which a test compares.
//
// usage: npm ci && npm run build   (Node is needed here alone: what is built is in git)

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { buildSync } from "esbuild";
import countries from "i18n-iso-countries";
import { feature } from "topojson-client";
import { CODES, DRAWN, SMALL } from "./states.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = `${here}../../src/dateline/server/static/`;
const read = (path) => readFileSync(`${here}${path}`, "utf8");
const sha = (text) => createHash("sha256").update(text).digest("hex");
const SHIPPED = ["htmx.org", "d3-force", "d3-dispatch", "d3-quadtree", "d3-timer", "d3-geo", "world-atlas"];

function script() {
  const built = buildSync({
    entryPoints: [`${here}src/page.js`],
    bundle: true, minify: true, write: false, format: "iife",
    target: ["es2021"], charset: "utf8", legalComments: "none",
  });
  return `/* Dateline; with htmx and d3-force: see LICENCES.txt. Built by tools/page. */\n${built.outputFiles[0].text}`;
}

// The projection is that of dateline.server.globe: points and outlines must meet.
function outlines() {
  const projection = geoNaturalEarth1().scale(182).translate([500, 260]);
  const path = geoPath(projection).digits(1);
  const paths = {}, small = {};
  for (const shape of shapes("countries-110m")) {
    const state = code(shape);
    if (state !== "ATA") paths[state] = (paths[state] || "") + (path(shape) || "");
  }
  for (const shape of shapes("countries-50m")) {
    const state = code(shape);
    if (SMALL.has(state)) small[state] = path.centroid(shape).map((n) => Math.round(n * 10) / 10);
  }
  const missing = [...SMALL].filter((state) => !small[state] || paths[state]);
  if (missing.length) throw new Error(`no mark, or an outline too: ${missing}`);
  return `${JSON.stringify({ paths: sorted(paths), small: sorted(small) })}\n`;
}

function shapes(name) {
  const atlas = JSON.parse(read(`node_modules/world-atlas/${name}.json`));
  return feature(atlas, atlas.objects.countries).features;
}

function code(shape) {
  const { name } = shape.properties;
  const found = CODES[name] || (shape.id && countries.numericToAlpha3(shape.id)) || "";
  if (!found && DRAWN.test(name)) throw new Error(`no code for ${name}: add it to CODES`);
  return found;
}

const sorted = (told) => Object.fromEntries(Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1)));

function licences() {
  const parts = SHIPPED.map((name) => {
    const { version, license } = JSON.parse(read(`node_modules/${name}/package.json`));
    return `${name} ${version} (${license})\n\n${read(`node_modules/${name}/LICENSE`).trim()}\n`;
  });
  return `${parts.join(`\n${"-".repeat(72)}\n\n`)}\nOutlines: Natural Earth, public domain.\n`;
}

const files = { "page.js": script(), "world.json": outlines(), "LICENCES.txt": licences() };
for (const [name, text] of Object.entries(files)) writeFileSync(out + name, text);
const sources = ["package.json", "package-lock.json", "build.mjs", "states.mjs", ...readdirSync(`${here}src`).sort().map((name) => `src/${name}`)];
const told = {
  sources: Object.fromEntries(sources.map((name) => [name, sha(read(name))])),
  files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha(text)])),
};
writeFileSync(`${here}built.json`, `${JSON.stringify(told, null, 1)}\n`);
for (const [name, text] of Object.entries(files)) console.log(name, text.length);
