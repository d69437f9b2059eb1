// The other side of load-usage.mjs: sends one reading a post at a fixed rate, whatever the answers take (an open
// loop), reads some pages five times a second beside it, and tells how long each took.
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const task = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const today = new Date().toISOString().slice(0, 10);

function ask(method, path, token, body) {
  const began = performance.now();
  return new Promise((resolve) => {
    const done = (status, text) => resolve({ status, text, ms: performance.now() - began });
    const sent = request(
      task.url + path,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
        },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part) => {
          text += part;
        });
        answer.on('end', () => done(answer.statusCode, text));
      },
    );
    sent.on('error', (error) => done(0, String(error)));
    sent.end(body);
  });
}

const usage = { sent: 0, accepted: 0, known: 0, failed: 0, times: [], why: new Map() };

async function post(n) {
  const reading = { id: `${task.phase}-${n}`, account: task.account, on: today, activeUsers: n % 50 };
  usage.sent += 1;
  const { status, text, ms } = await ask(
    'POST',
    '/v1/usage',
    task.usageToken,
    JSON.stringify({ readings: [reading] }),
  );
  usage.times.push(ms);
  const told = status === 200 ? JSON.parse(text) : null;
  usage.accepted += told?.accepted ?? 0;
  usage.known += told?.known ?? 0;
  if (told === null || told.refused > 0) {
    usage.failed += 1;
    if (usage.why.size < 5) usage.why.set(`${status} ${text.slice(0, 200)}`, true);
  }
}

const reads = new Map(task.paths.map((path) => [path, []]));
let ending = false;

async function readAll() {
  while (!ending) {
    for (const path of task.paths) {
      const { ms, status } = await ask('GET', path, task.admin);
      if (status === 200) reads.get(path).push(ms);
      else if (usage.why.size < 5) usage.why.set(`${path} ${status}`, true);
    }
    await wait(200);
  }
}

function percentiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: sorted.at(-1) ?? 0 };
}

const reading = readAll();
const posts = [];
const began = performance.now();
const total = task.rate * task.seconds;
while (posts.length < total) {
  const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * task.rate) + 1);
  while (posts.length < due) posts.push(post(posts.length));
  await wait(2);
}
await Promise.all(posts);
const took = (performance.now() - began) / 1000;
ending = true;
await reading;
for (const why of usage.why.keys()) console.error(`not taken: ${why}`);
const { sent, accepted, known, failed, times } = usage;
process.send({
  usage: { sent, accepted, known, failed, perSecond: sent / took, latency: percentiles(times) },
  reads: Object.fromEntries([...reads].map(([path, ms]) => [path, percentiles(ms)])),
});
agent.destroy();
process.disconnect();
