import { parentPort, workerData } from 'node:worker_threads';
import { type CheckListener, runCheck } from '../check/check.ts';
import { isOutOfMemory } from '../compiled/out-of-memory.ts';
import { withForecast } from '../forecast/with-forecast.ts';
import { replay } from '../generators/replay.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import { withSites } from '../language/site.ts';
import { Control } from './control.ts';
import { faultText } from './fault-text.ts';
import { importModel } from './import-model.ts';
import type { WorkerData, WorkerMessage, WorkerRequest } from './messages.ts';

const { request, control: buffer, crew } = workerData as WorkerData;
const control = new Control(buffer);
post(await answer(request));

async function answer(asked: WorkerRequest): Promise<WorkerMessage> {
  try {
    control.enter(`import of ${asked.model.shownAs}`);
    const model = await importModel(asked.model);
    control.leave();
    return work(asked, model);
  } catch (error) {
    if (error instanceof ModelError) {
      return { kind: 'fault', fault: 'model', message: error.message };
    }
    if (isOutOfMemory(error)) return { kind: 'out of memory' };
    return { kind: 'fault', fault: 'internal', message: faultText(error) };
  }
}

function work(asked: WorkerRequest, model: Model): WorkerMessage {
  switch (asked.kind) {
    case 'check': {
      const options = { ...asked.options, ...(crew === undefined ? {} : { crew }) };
      const result = runCheck(model, asked.scopes, options, listener());
      if (asked.forecasts !== true) return { kind: 'checked', result };
      return { kind: 'checked', result: withForecast(model, result, options, listener()) };
    }
    case 'replay': {
      const replays = asked.schedules.map(({ scope, claim, moves, loop }) => {
        control.enter(`a schedule of ${asked.model.shownAs}`);
        const system = buildSystem(model, scope);
        return withSites(() => replay(system, claim, moves, loop));
      });
      return { kind: 'replayed', replays };
    }
  }
}

function listener(): CheckListener {
  return {
    onFunction: (name) => control.enter(/^\w+$/.test(name) ? `function ${name}` : name),
    onProgress: (progress) => {
      control.leave();
      post({ kind: 'progress', progress });
      return control.isInterrupted() ? 'interrupt' : 'continue';
    },
    onScope: (result) => post({ kind: 'scope', result }),
  };
}

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
