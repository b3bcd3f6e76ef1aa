// The event object of a trigger, from its plain form {type, sheetId, row, column, rows, columns, value?, oldValue?}.

export function eventFor(plain, globals, guard) {
  const app = globals.SpreadsheetApp;
  const common = { authMode: guard.authMode, user: undefined };
  if (plain.type === "open") return { ...common, source: guard.authMode === "NONE" ? undefined : app.getActive() };
  if (plain.type === "change") return { ...common, source: app.getActive(), changeType: plain.changeType || "EDIT" };
  const source = app.getActive();
  const { row, column, rows = 1, columns = 1 } = plain;
  const range = source.getSheetById(plain.sheetId).getRange(row, column, rows, columns);
  const single = rows === 1 && columns === 1; // a paste brings its range only
  const told = single ? { value: plain.value, oldValue: plain.oldValue } : {};
  return { ...common, source, range, ...told };
}
