// The server, as the page calls it: the Sheets API like any client, and the page's own addresses below /page.

/** What a call answers that did not succeed. */
export class ApiFault extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class Api {
  /** @param {{workbook: string, token: string}} config */
  constructor(config) {
    this.workbook = config.workbook;
    this.token = config.token;
    this.sheets = `/v4/spreadsheets/${encodeURIComponent(config.workbook)}`;
  }

  /**
   * @param {string} method @param {string} path @param {unknown} [body]
   * @returns {Promise<any>} the JSON answer; throws ApiFault, with status 0 when the server is away
   */
  async call(method, path, body) {
    let answer = await this.send(method, path, body);
    if (answer.status === 401 && (await this.renew())) answer = await this.send(method, path, body);
    const text = await answer.text();
    const message = readJson(text);
    if (!answer.ok) throw new ApiFault(answer.status, message?.error?.message || answer.statusText);
    return message;
  }

  async send(method, path, body) {
    const headers = { Authorization: `Bearer ${this.token}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    try {
      return await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    } catch {
      throw new ApiFault(0, "");
    }
  }

  /** A new token from a new frame of the same page: the server was started again, or the day was long. */
  async renew() {
    const answer = await fetch(`/workbooks/${encodeURIComponent(this.workbook)}`);
    if (!answer.ok) return false;
    const frame = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.token = readConfig(frame).token;
    return true;
  }

  /** @param {object[]} requests */
  batch(requests) {
    return this.call("POST", `${this.sheets}:batchUpdate`, { requests });
  }

  /** Type texts into a range, as a person does. @param {string} range @param {string[][]} values */
  type(range, values) {
    const told = "includeValuesInResponse=true&responseValueRenderOption=UNFORMATTED_VALUE";
    const path = `${this.sheets}/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED&${told}`;
    return this.call("PUT", path, { values });
  }

  /** CellData rows of one range. @param {string} range @param {string} fields */
  async cells(range, fields) {
    const mask = encodeURIComponent(`sheets.data.rowData.values(${fields})`);
    const message = await this.call("GET", `${this.sheets}?ranges=${encodeURIComponent(range)}&fields=${mask}`);
    return (message.sheets?.[0]?.data?.[0]?.rowData || []).map((row) => row.values || []);
  }

  /** Every formula of the workbook: [sheetId, row, column, text]. */
  async formulas() {
    const mask = "sheets(properties.sheetId,data.rowData.values.userEnteredValue.formulaValue)";
    const { sheets } = await this.call("GET", `${this.sheets}?fields=${encodeURIComponent(mask)}`);
    const found = [];
    for (const { properties, data } of sheets || []) {
      (data?.[0]?.rowData || []).forEach((line, row) =>
        (line.values || []).forEach((cell, column) => {
          const text = cell.userEnteredValue?.formulaValue;
          if (text) found.push([properties.sheetId, row, column, text]);
        }),
      );
    }
    return found;
  }

  /** Values of a range for charts. @param {string} range */
  async values(range) {
    const path = `${this.sheets}/values/${encodeURIComponent(range)}?valueRenderOption=UNFORMATTED_VALUE`;
    return (await this.call("GET", path)).values || [];
  }

  /** @param {number} sheetId @param {number} [have] the revision that is shown already */
  tab(sheetId, have) {
    const id = encodeURIComponent(this.workbook);
    return this.call("GET", `/page/tab/${id}/${sheetId}${have ? `?have=${have}` : ""}`);
  }

  async revision() {
    return (await this.call("GET", `/page/revision/${encodeURIComponent(this.workbook)}`)).revision;
  }

  plugin() {
    return this.call("GET", "/page/plugin");
  }
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What the server wrote into the page's frame. @param {Document} frame */
export function readConfig(frame) {
  return JSON.parse(frame.querySelector('meta[name="semaforo-page"]').getAttribute("content"));
}
