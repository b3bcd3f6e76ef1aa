// A column's width, changed by dragging its edge. A double click gives it the room that its texts need.

const [LEAST, MOST] = [24, 1200];

/** @param {any} app */
export function resizable(app) {
  const { table } = app.grid;
  table.addEventListener("pointerdown", (event) => {
    if (!event.target.classList?.contains("grip")) return;
    event.preventDefault();
    drag(app, event.target, event);
  });
  table.addEventListener("dblclick", (event) => {
    if (!event.target.classList?.contains("grip")) return;
    const column = Number(event.target.parentElement.dataset.column);
    set(app, column, needed(table, column));
  });
}

function drag(app, grip, start) {
  const head = grip.parentElement;
  const column = Number(head.dataset.column);
  const before = app.model.columnWidth(column);
  const place = app.model.columns.findIndex((one) => one.column === column);
  const width = (event) => Math.round(Math.max(LEAST, Math.min(MOST, before + event.clientX - start.clientX)));
  const shown = app.grid.table.querySelector("colgroup").children[place + 1];
  grip.setPointerCapture(start.pointerId);
  grip.onpointermove = (event) => {
    shown.style.width = `${width(event)}px`;
  };
  grip.onpointerup = (event) => {
    grip.onpointermove = grip.onpointerup = null;
    if (width(event) !== before) set(app, column, width(event));
  };
}

function set(app, column, pixelSize) {
  const nowhere = { top: 0, bottom: 0, left: 0, right: 0 };
  return app.perform(app.commands.resize("COLUMNS", column, 1, { pixelSize }), nowhere);
}

function needed(table, column) {
  const range = document.createRange();
  const widths = [...table.querySelectorAll(`td[data-column="${column}"]`)].map((cell) => {
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().width;
  });
  return Math.round(Math.min(600, Math.max(LEAST, 20, ...widths) + 24));
}
