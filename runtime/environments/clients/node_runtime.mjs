// Runs a Node handler as AWS Lambda does: asks the Runtime API for calls, one after another.
// Handlers are CommonJS or ES modules; async, or with a callback.
import { existsSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const api = '/2018-06-01/runtime/';
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let requestId = '';

function request(method, target, headers = {}, body = '') {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const all = method === 'POST' ? { ...headers, 'Content-Length': bytes.length } : headers;
    const sent = http.request({ agent, host, port, method, path: api + target, headers: all }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(parts) }));
    });
    sent.on('error', reject);
    sent.setNoDelay(true);
    sent.end(bytes);
  });
}

for (const [method, level] of Object.entries({ log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' })) {
  console[method] = (...values) => {
    const text = format(...values).replaceAll('\n', '\r');
    process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${text}\n`);
  };
}

class Failure extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

function documentOf(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: format(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack || '').split('\n') };
}

async function report(target, error) {
  const document = documentOf(error);
  console.error(`${target === 'init/error' ? 'Init' : 'Invoke'} Error `, JSON.stringify(document));
  const kind = document.errorType.replace(/[^\x20-\x7e]/g, '?');
  await request('POST', target, { 'Lambda-Runtime-Function-Error-Type': kind }, JSON.stringify(document));
}

async function load(name) {
  const file = path.basename(name);
  const dot = file.indexOf('.');
  if (dot < 1) throw new Failure('Runtime.MalformedHandlerName', 'Bad handler');
  const module = path.join(path.dirname(name), file.slice(0, dot));
  const base = path.resolve(process.env.LAMBDA_TASK_ROOT, module);
  const found = ['', '.js', '.mjs', '.cjs'].map((end) => base + end).find((candidate) => path.extname(candidate) && existsSync(candidate));
  if (!found) throw new Failure('Runtime.ImportModuleError', `Error: Cannot find module '${path.basename(module)}'`);
  let loaded;
  try {
    loaded = await import(pathToFileURL(found));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    if (['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(error?.code)) throw new Failure('Runtime.ImportModuleError', `Error: ${error.message}`);
    throw error;
  }
  const walk = (from) => file.slice(dot + 1).split('.').reduce((value, key) => value?.[key], from);
  const handler = walk(loaded) ?? walk(loaded.default);
  if (handler === undefined) throw new Failure('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new Failure('Runtime.HandlerNotFound', `${name} is not a function`);
  return handler;
}

function contextOf(headers) {
  const environment = process.env;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: requestId,
    clientContext: headers['lambda-runtime-client-context'] ? JSON.parse(headers['lambda-runtime-client-context']) : undefined,
    getRemainingTimeInMillis: () => Math.max(Number(headers['lambda-runtime-deadline-ms']) - Date.now(), 0),
  };
}

function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    Object.assign(context, { done: callback, succeed: resolve, fail: reject });
    // A handler that neither answers nor has anything left to wait for has answered null.
    const idle = () => resolve(null);
    process.once('beforeExit', idle);
    const settle = (use) => (value) => {
      process.removeListener('beforeExit', idle);
      use(value);
    };
    resolve = settle(resolve);
    reject = settle(reject);
    try {
      const result = handler(event, context, callback);
      if (typeof result?.then === 'function') result.then(resolve, reject);
    } catch (error) {
      reject(error);
    }
  });
}

async function giveUp(error, status) {
  try {
    await report(requestId ? `invocation/${requestId}/error` : 'init/error', error);
  } finally {
    process.exit(status);
  }
}
process.on('uncaughtException', (error) => giveUp(error, 129));
process.on('unhandledRejection', (reason) => giveUp(new Failure('Runtime.UnhandledPromiseRejection', format(reason)), 128));

let handler;
try {
  handler = await load(process.env._HANDLER);
} catch (error) {
  await report('init/error', error);
  process.exit(1);
}
for (;;) {
  const { headers, body } = await request('GET', 'invocation/next');
  requestId = headers['lambda-runtime-aws-request-id'];
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
  let answer;
  try {
    const result = await call(handler, JSON.parse(body), contextOf(headers));
    answer = JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch (error) {
    await report(`invocation/${requestId}/error`, error);
    continue;
  }
  await request('POST', `invocation/${requestId}/response`, { 'Content-Type': 'application/json' }, answer);
}
