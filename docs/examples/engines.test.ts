import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareEngines, helper } from '../../checker/compiled/agreement.ts';
import type { Helpers } from '../../checker/compiled/crew.ts';
import type { Model } from '../../checker/index.ts';
import mixedAccepts from './mixed-accepts.ts';
import peterson from './peterson.ts';
import ticketLock from './ticket-lock.ts';

let helpers: Helpers;
beforeAll(async () => {
  helpers = await helper();
});
afterAll(() => helpers.end());

const accepts = { vcpus: 2, top: '2M', accepts: 2, mistake: 'none' };

test.each<[string, object, Record<string, number | string>, boolean]>([
  ['peterson', peterson, { threads: 2 }, false],
  ['peterson', peterson, { threads: 3 }, false],
  ['peterson', peterson, { threads: 4 }, false],
  ['ticket-lock', ticketLock, { threads: 3, tickets: 4, variant: 'fixed' }, false],
  ['ticket-lock', ticketLock, { threads: 3, tickets: 2, variant: 'fixed' }, false],
  ['ticket-lock', ticketLock, { threads: 2, tickets: 5, variant: 'broken' }, true],
  ['mixed-accepts', mixedAccepts, accepts, false],
  ['mixed-accepts', mixedAccepts, { ...accepts, top: '1G' }, false],
  ['mixed-accepts', mixedAccepts, { ...accepts, mistake: 'early-read' }, false],
  ['mixed-accepts', mixedAccepts, { ...accepts, mistake: 'no-split' }, true],
  ['mixed-accepts', mixedAccepts, { ...accepts, vcpus: 3, mistake: 'no-split' }, true],
  ['mixed-accepts', mixedAccepts, { ...accepts, vcpus: 4, accepts: 1 }, false],
])('the engines agree about %s %#', (_, model, scope, keepGoing) => {
  const { verdict } = compareEngines(model as Model, scope, helpers, keepGoing);
  expect(['EXHAUSTED', 'VIOLATED']).toContain(verdict);
});
