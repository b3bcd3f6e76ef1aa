// SPARKLINE and charts as SVG. Small on purpose: lines, columns, bars and areas.

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
export function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** A colour as SPARKLINE takes it; anything that is no plain word or hex is left out. */
function colour(value, spare) {
  return /^(#[0-9a-f]{3,8}|[a-z]{3,20})$/i.test(String(value || "")) ? String(value) : spare;
}

/**
 * @param {{values: (number | null)[], options: Record<string, any>}} spark
 * @param {number} width pixels @param {number} height pixels
 */
export function drawSpark({ values, options }, width, height) {
  const numbers = values.filter((value) => value !== null);
  const picture = svg("svg", { class: "spark", width, height, role: "img", "aria-label": numbers.join(" ") });
  const low = Number(options.ymin ?? Math.min(...numbers));
  const high = Number(options.ymax ?? Math.max(...numbers));
  const scale = (value) => height - 1 - ((value - low) / (high - low || 1)) * (height - 2);
  if (options.charttype === "bar") picture.append(...bar(values, options, width, height));
  else if (options.charttype === "column") picture.append(...columns(values, options, width, height, low));
  else picture.append(line(values, options, width, scale));
  return picture;
}

function line(values, options, width, scale) {
  const step = values.length > 1 ? (width - 2) / (values.length - 1) : 0;
  const points = values.flatMap((value, place) => (value === null ? [] : [`${1 + place * step},${scale(value)}`]));
  const stroke = colour(options.color, "#1a73e8");
  return svg("polyline", { points: points.join(" "), fill: "none", stroke, "stroke-width": options.linewidth || 1.5 });
}

function columns(values, options, width, height, low) {
  const floor = Math.min(0, low);
  const span = Math.max(...values.map((value) => value ?? 0), 0) - floor || 1;
  const step = width / values.length;
  return values.flatMap((value, place) => {
    if (value === null) return [];
    const [top, bottom] = [Math.max(value, 0), Math.min(value, 0)];
    const y = height - ((top - floor) / span) * height;
    const tall = Math.max(((top - bottom) / span) * height, 1);
    const fill = colour(value < 0 ? options.negcolor || options.color : options.color, "#1a73e8");
    return [svg("rect", { x: place * step + 1, y, width: Math.max(step - 2, 1), height: tall, fill })];
  });
}

function bar(values, options, width, height) {
  const positive = values.map((value) => Math.max(value ?? 0, 0));
  const whole = Number(options.max) || positive.reduce((sum, value) => sum + value, 0) || 1;
  let x = 0;
  return positive.map((value, place) => {
    const wide = Math.min((value / whole) * width, width - x);
    const fill = colour(options[`color${place + 1}`], ["#1a73e8", "#9aa0a6"][place % 2]);
    const made = svg("rect", { x, y: 1, width: Math.max(wide, 0), height: height - 2, fill });
    x += wide;
    return made;
  });
}
