// What was done and can be undone. Every step knows the requests that take it back; another's writes stay.

/**
 * @typedef {{label: string, run: () => Promise<any>, back: () => object[] | Promise<object[]>}} Step
 * `run` does the step and may be called again; `back` gives the requests that undo it.
 */

export class History {
  /** @param {import("./api.js").Api} api @param {number} [limit] */
  constructor(api, limit = 100) {
    this.api = api;
    this.limit = limit;
    /** @type {{step: Step, requests: object[]}[]} */
    this.done = [];
    /** @type {Step[]} */
    this.undone = [];
    /** @type {Promise<any>} one step at a time, in the order in which they were asked for */
    this.line = Promise.resolve();
  }

  inLine(work) {
    const next = this.line.then(work);
    this.line = next.catch(() => {});
    return next;
  }

  /** @param {Step} step */
  perform(step) {
    return this.inLine(async () => {
      await this.forward(step);
      this.undone = [];
    });
  }

  async forward(step) {
    const requests = await step.back();
    await step.run();
    this.done.push({ step, requests });
    if (this.done.length > this.limit) this.done.shift();
  }

  undo() {
    return this.inLine(async () => {
      const last = this.done.at(-1);
      if (!last) return false;
      await this.api.batch(last.requests);
      this.done.pop();
      this.undone.push(last.step);
      return true;
    });
  }

  redo() {
    return this.inLine(async () => {
      const step = this.undone.at(-1);
      if (!step) return false;
      await this.forward(step);
      this.undone.pop();
      return true;
    });
  }
}
