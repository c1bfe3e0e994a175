import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { outlineOf } from '../checker/check/outline.ts';
import { Machine } from '../checker/generators/machine.ts';
import { buildSystem, completeScope } from '../checker/language/model.ts';
import { showValue } from '../checker/language/value.ts';
import { type Exhibit, viewOf } from '../checker/report/exhibit.ts';
import { htmlPage } from '../checker/report/html-page.ts';
import { answerLive } from '../checker/report/live.ts';
import { faultLine } from './fault.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { type LoadedModel, named } from './loaded-model.ts';
import type { UiRequest } from './ui-flags.ts';
import { UsageError } from './usage-error.ts';

const HOST = '127.0.0.1';
const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a page may ask for: `LiveRequest`. */
const liveRequest = v.object({
  moves: v.array(v.object({ thread: index, choices: v.array(index) })),
  goal: v.exactOptional(
    v.variant('kind', [
      v.object({ kind: v.literal('value'), variable: v.string(), value: v.string() }),
      v.object({ kind: v.literal('broken'), claim: v.string() }),
      v.object({ kind: v.literal('label'), label: v.string() }),
    ]),
  ),
});

/** Serves the page of a scope until Ctrl-C; answers with the exit code. */
export async function uiCommand(loaded: LoadedModel, request: UiRequest): Promise<number> {
  const { model, file } = loaded;
  const scope = completeScope(model.parameters, request.given);
  const machine = named(file, () => new Machine(buildSystem(model, scope)));
  const page = htmlPage(exhibitOf(loaded, machine, scope));
  const server = createServer((asked, answer) => serve(machine, page, asked, answer));
  const signal = abortOnInterrupt();
  const isOpen = once(server, 'listening');
  server.listen(request.port, HOST);
  await isOpen.catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--port ${request.port}: ${error.code}; expected one that is free`);
  });
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://${HOST}:${port}/ (Ctrl-C ends it)\n`);
  if (!signal.aborted) await once(signal, 'abort');
  server.closeAllConnections();
  server.close();
  return 0;
}

async function serve(
  machine: Machine,
  page: string,
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const reply = (status: number, type: string, body: string) =>
    answer.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
  // Pages from elsewhere, which a browser may have been led to, are not answered.
  const own = `${HOST}:${asked.socket.localPort}`;
  const { host, origin = `http://${own}` } = asked.headers;
  if (host !== own || origin !== `http://${own}`) {
    return void reply(403, 'text/plain', 'not for pages from elsewhere');
  }
  if (asked.method === 'GET' && asked.url === '/') return void reply(200, 'text/html', page);
  if (asked.method !== 'POST' || asked.url !== '/run') {
    return void reply(404, 'text/plain', 'expected / or /run');
  }
  try {
    const request = v.parse(liveRequest, JSON.parse(await text(asked)));
    reply(200, 'application/json', JSON.stringify(answerLive(machine, request)));
  } catch (error) {
    reply(400, 'text/plain', refusal(error));
  }
}

/** Why a request is not answered, in one line. */
function refusal(error: unknown): string {
  const isBadRequest = [RangeError, SyntaxError, v.ValiError].some((kind) => error instanceof kind);
  return isBadRequest ? (error as Error).message : faultLine(error);
}

function exhibitOf({ model }: LoadedModel, machine: Machine, scope: UiScope): Exhibit {
  const { system } = machine;
  return {
    model: { name: model.name, version: model.version, summary: model.summary },
    verdict: 'LIVE',
    command: 'ui',
    extent: 'you choose each step',
    claims: [],
    runs: [],
    live: {
      ...viewOf(model, scope),
      variables: system.shared.variables.map(({ name, domain }) => ({
        name,
        values: domain.map(showValue),
      })),
      claims: outlineOf([system]).map(({ id, sentence }) => ({ id, sentence })),
    },
    notModelled: model.notModelled ?? [],
  };
}

type UiScope = ReturnType<typeof completeScope>;
