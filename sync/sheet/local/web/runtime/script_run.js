// google.script.run for a page in a sandboxed frame: calls go to the window above and come back by their number.
// A plain script, to be put before the page's own. What a page sends is {id, fn, args}; the answer is
// {id, value} or {id, error: {name, message}}. The window above has to check event.source; so do we.
(function () {
  "use strict";
  var LIMIT = 10; // calls at once, as at Google; more wait
  var waiting = {};
  var queue = [];
  var running = 0;
  var next = 1;

  function send(call) {
    if (running >= LIMIT) {
      queue.push(call);
      return;
    }
    running += 1;
    waiting[call.id] = call;
    window.parent.postMessage({ id: call.id, fn: call.fn, args: call.args }, "*");
  }

  window.addEventListener("message", function (event) {
    var answer = event.data || {};
    var call = event.source === window.parent ? waiting[answer.id] : undefined;
    if (!call) return;
    delete waiting[answer.id];
    running -= 1;
    if (queue.length) send(queue.shift());
    if (answer.error) failed(call, answer.error);
    else if (call.success) call.success(answer.value, call.object);
  });

  function failed(call, told) {
    var error = new Error(told.message);
    error.name = told.name || "Error";
    if (call.failure) call.failure(error, call.object);
    else console.error(error.name + ": " + error.message);
  }

  function runner(settings) {
    return new Proxy({}, {
      get: function (_, name) {
        if (name === "withSuccessHandler") return function (handler) { return runner(Object.assign({}, settings, { success: handler })); };
        if (name === "withFailureHandler") return function (handler) { return runner(Object.assign({}, settings, { failure: handler })); };
        if (name === "withUserObject") return function (object) { return runner(Object.assign({}, settings, { object: object })); };
        return function () {
          send(Object.assign({ id: next++, fn: String(name), args: Array.prototype.slice.call(arguments) }, settings));
        };
      },
    });
  }

  window.google = window.google || {};
  window.google.script = {
    run: runner({}),
    host: {
      close: function () { window.parent.postMessage({ close: true }, "*"); },
      setHeight: function () {},
      setWidth: function () {},
      editor: { focus: function () { window.parent.postMessage({ focus: true }, "*"); } },
    },
  };
})();
