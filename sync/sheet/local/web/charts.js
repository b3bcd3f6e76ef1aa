// The charts of a tab, drawn over its cells: lines, areas, columns, bars and points of basicChart.

import { address, boxOf } from "./a1.js";
import { element } from "./dom.js";
import { svg } from "./spark.js";

const COLOURS = ["#1a73e8", "#d93025", "#f29900", "#188038", "#9334e6", "#12858d"];
const EDGE = { left: 46, right: 14, top: 34, bottom: 28 };

export class Charts {
  /** @param {import("./grid.js").Grid} grid @param {import("./api.js").Api} api @param {any} words */
  constructor(grid, api, words) {
    this.grid = grid;
    this.api = api;
    this.words = words;
    this.layer = element("div", "charts");
    grid.scroller.append(this.layer);
  }

  async show(model) {
    const boxes = await Promise.all(model.head.charts.map((chart) => this.one(chart, model)));
    if (this.grid.model === model) this.layer.replaceChildren(...boxes.filter(Boolean));
  }

  async one(chart, model) {
    const place = chart.position?.overlayPosition;
    const basic = chart.spec?.basicChart;
    if (!place || !basic) return null;
    const [width, height] = [place.widthPixels || 600, place.heightPixels || 371];
    const box = element("figure", "chart");
    box.style.left = `${leftOf(model, place.anchorCell?.columnIndex || 0) + (place.offsetXPixels || 0)}px`;
    box.style.top = `${topOf(model, place.anchorCell?.rowIndex || 0) + (place.offsetYPixels || 0)}px`;
    box.append(drawChart(chart.spec, await this.read(basic, model), width, height, this.words.chart));
    return box;
  }

  /** @returns {Promise<{labels: string[], series: {name: string, values: (number | null)[], kind: string}[]}>} */
  async read(basic, model) {
    const names = new Map(model.head.book.tabs.map((tab) => [tab.sheetId, tab.title]));
    const column = async (data) => {
      const sources = data?.sourceRange?.sources || [];
      const found = await Promise.all(
        sources.map((range) => this.api.values(address(names.get(range.sheetId || 0), boxOf(range, 1e4, 1e3)))),
      );
      const rows = found.flat();
      return rows.length === 1 ? rows[0] : rows.map((row) => row[0]);
    };
    const heads = basic.headerCount ?? 1;
    const labels = (await column(basic.domains?.[0]?.domain)).slice(heads).map((one) => String(one ?? ""));
    const series = await Promise.all(
      (basic.series || []).map(async (one) => {
        const values = await column(one.series);
        const numbers = values.slice(heads).map((value) => (typeof value === "number" ? value : null));
        return { name: heads ? String(values[0] ?? "") : "", values: numbers, kind: one.type || basic.chartType };
      }),
    );
    return { labels, series };
  }
}

const leftOf = (model, column) => 46 + (model.columns.find((one) => one.column >= column)?.left || 0);
const topOf = (model, row) => 24 + model.tops[Math.max(0, model.shown.findIndex((one) => one >= row))];

/** @returns {SVGElement} */
export function drawChart(spec, { labels, series }, width, height, word) {
  const numbers = series.flatMap((one) => one.values).filter((value) => value !== null);
  const title = spec.title || word;
  const picture = svg("svg", { width, height, role: "img", "aria-label": `${title}: ${series.map((one) => one.name).join(", ")}` });
  picture.append(svg("text", { x: EDGE.left, y: 20, class: "chart-title" }, spec.title || ""));
  if (!numbers.length) return picture;
  const fromZero = series.some((one) => ["COLUMN", "BAR", "AREA", "STEPPED_AREA"].includes(one.kind));
  const steps = ticks(Math.min(...numbers, ...(fromZero ? [0] : [])), Math.max(...numbers, ...(fromZero ? [0] : [])));
  const [low, high] = [steps[0], steps.at(-1)];
  const inner = { width: width - EDGE.left - EDGE.right, height: height - EDGE.top - EDGE.bottom };
  const y = (value) => EDGE.top + inner.height - ((value - low) / (high - low)) * inner.height;
  const size = Math.max(labels.length, ...series.map((one) => one.values.length), 1);
  const x = (place) => EDGE.left + ((place + 0.5) / size) * inner.width;
  for (const step of steps) picture.append(...gridLine(step, y(step), width));
  picture.append(...axis(labels, x, height));
  const bars = series.filter((one) => one.kind === "COLUMN" || one.kind === "BAR");
  series.forEach((one, place) => {
    const colour = COLOURS[place % COLOURS.length];
    if (bars.includes(one)) picture.append(...columns(one, bars, x, y, inner.width / size, Math.max(low, 0), colour));
    else picture.append(...curve(one, x, y, y(Math.max(low, 0)), colour));
  });
  picture.append(...legend(series, width));
  return picture;
}

function gridLine(step, y, width) {
  const line = svg("line", { x1: EDGE.left, x2: width - EDGE.right, y1: y, y2: y, class: "chart-grid" });
  return [line, svg("text", { x: EDGE.left - 6, y: y + 4, class: "chart-label end" }, short(step))];
}

/** As many labels as there is room for. */
function axis(labels, x, height) {
  const every = Math.ceil(labels.length / 8) || 1;
  const shown = labels.map((text, place) => [text, place]).filter(([, place]) => place % every === 0);
  return shown.map(([text, place]) => svg("text", { x: x(place), y: height - 10, class: "chart-label" }, text.slice(0, 12)));
}

function columns(one, bars, x, y, step, floor, fill) {
  const wide = (step * 0.7) / bars.length;
  const shift = (bars.indexOf(one) - bars.length / 2) * wide;
  return one.values.flatMap((value, place) => {
    if (value === null) return [];
    const [top, bottom] = [Math.min(y(value), y(floor)), Math.max(y(value), y(floor))];
    return [svg("rect", { x: x(place) + shift, y: top, width: wide, height: Math.max(bottom - top, 1), fill })];
  });
}

function curve(one, x, y, floor, colour) {
  const points = one.values.flatMap((value, place) => (value === null ? [] : [[x(place), y(value)]]));
  if (!points.length) return [];
  if (one.kind === "SCATTER") return points.map(([cx, cy]) => svg("circle", { cx, cy, r: 3, fill: colour }));
  const path = points.map((point) => point.join(",")).join(" ");
  const line = svg("polyline", { points: path, fill: "none", stroke: colour, "stroke-width": 2 });
  if (one.kind !== "AREA" && one.kind !== "STEPPED_AREA") return [line];
  const area = `${points[0][0]},${floor} ${path} ${points.at(-1)[0]},${floor}`;
  return [svg("polygon", { points: area, fill: colour, opacity: 0.15 }), line];
}

function legend(series, width) {
  const named = series.filter((one) => one.name);
  if (named.length < 2) return [];
  return named.flatMap((one, place) => {
    const left = width - EDGE.right - (named.length - place) * 110;
    const fill = COLOURS[series.indexOf(one) % COLOURS.length];
    return [
      svg("rect", { x: left, y: 12, width: 10, height: 10, fill }),
      svg("text", { x: left + 14, y: 21, class: "chart-label start" }, one.name.slice(0, 14)),
    ];
  });
}

/** Round steps from below the least to above the greatest. */
function ticks(least, greatest) {
  const span = greatest - least || Math.abs(greatest) || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const first = Math.floor(least / step) * step;
  const out = [];
  for (let value = first; value < greatest + step && out.length < 12; value += step) out.push(Number(value.toPrecision(12)));
  return out.length > 1 ? out : [first, first + step];
}

const short = (value) => new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" }).format(value);
