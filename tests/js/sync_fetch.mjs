// HTTP that answers before it returns: a worker asks, this thread sleeps meanwhile.
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

const WORKER = `
const { workerData } = require("node:worker_threads");
const http = require("node:http");
const bell = new Int32Array(workerData.bell);
const agent = new http.Agent({ keepAlive: false });
workerData.port.on("message", ({ method, url, headers, body }) => {
  const done = (answer) => { workerData.port.postMessage(answer); Atomics.store(bell, 0, 1); Atomics.notify(bell, 0); };
  const bytes = Buffer.from(body || "", "utf8");
  const all = bytes.length || method !== "GET" ? { ...headers, "Content-Length": bytes.length } : headers;
  let asked;
  try {
    asked = http.request(url, { method, headers: all, agent, timeout: 20000 }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString("utf8") }));
    });
  } catch (error) { done({ failed: String(error) }); return; }
  asked.on("error", (error) => done({ failed: String(error) }));
  asked.on("timeout", () => asked.destroy(new Error("timed out")));
  asked.end(bytes);
});
`;

export function syncFetcher() {
  const bell = new SharedArrayBuffer(4);
  const flag = new Int32Array(bell);
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(WORKER, { eval: true, workerData: { bell, port: port2 }, transferList: [port2], env: { ...process.env, NODE_V8_COVERAGE: "" } });
  worker.unref();
  return (method, url, headers, body) => {
    Atomics.store(flag, 0, 0);
    port1.postMessage({ method, url, headers, body });
    Atomics.wait(flag, 0, 0, 25000);
    const answer = receiveMessageOnPort(port1)?.message ?? { failed: "no answer" };
    if (answer.failed) throw new Error(answer.failed);
    return answer;
  };
}
