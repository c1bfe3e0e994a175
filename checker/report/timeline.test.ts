import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { CheckDocument } from './document.ts';
import { stepsOf } from './document.ts';
import { checkLostUpdate } from './fixtures/check-lost-update.ts';
import { timeline } from './timeline.ts';

interface Event {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** The rules of the Trace Event Format for the kinds of events that we write. */
const RULES = {
  type: 'object',
  required: ['traceEvents'],
  properties: {
    displayTimeUnit: { enum: ['ms', 'ns'] },
    traceEvents: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'ph', 'pid', 'tid'],
        properties: {
          name: { type: 'string' },
          pid: { type: 'integer' },
          tid: { type: 'integer' },
          ts: { type: 'number', minimum: 0 },
          dur: { type: 'number', exclusiveMinimum: 0 },
          args: { type: 'object' },
        },
        oneOf: [
          {
            required: ['args'],
            properties: {
              ph: { const: 'M' },
              name: {
                enum: ['process_name', 'process_sort_index', 'thread_name', 'thread_sort_index'],
              },
            },
          },
          { required: ['ts', 'dur'], properties: { ph: { const: 'X' } } },
          {
            required: ['ts', 's'],
            properties: { ph: { const: 'i' }, s: { enum: ['g', 'p', 't'] } },
          },
        ],
      },
    },
  },
};
const followsRules = new Ajv({ strictRequired: false }).compile(RULES);

const violated = checkLostUpdate('racy');

function eventsOf(document: CheckDocument): readonly Event[] {
  return (JSON.parse(timeline(document)) as { traceEvents: Event[] }).traceEvents;
}

/** The spans of each lane, by the name of the lane. */
function lanesOf(document: CheckDocument): Readonly<Record<string, readonly Event[]>> {
  const events = eventsOf(document);
  const names = events.filter(({ name }) => name === 'thread_name');
  return Object.fromEntries(
    names.map(({ pid, tid, args }) => [
      args?.name,
      events.filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid),
    ]),
  );
}

describe('a timeline', () => {
  test('follows the rules of the format, with and without a violation', () => {
    for (const document of [violated, checkLostUpdate('atomic')]) {
      followsRules(JSON.parse(timeline(document)));
      expect(followsRules.errors ?? []).toEqual([]);
    }
    expect(followsRules({ traceEvents: [{ name: 'a', ph: 'X', pid: 1, tid: 1 }] })).toBe(false);
  });

  test('has a lane for each thread, and for each variable that changes', () => {
    expect(Object.keys(lanesOf(violated))).toEqual(['CPU0', 'CPU1', 'counter', 'finished']);
  });

  test('nests the spans of a lane: none begins in another and ends after it', () => {
    for (const spans of Object.values(lanesOf(violated))) {
      for (const a of spans) {
        for (const b of spans) {
          const [endOfA, endOfB] = [a.ts + a.dur, b.ts + b.dur];
          expect(a.ts < b.ts && b.ts < endOfA && endOfA < endOfB).toBe(false);
        }
      }
    }
  });

  test('shows every step once, in the lane of its thread and at its place', () => {
    const steps = stepsOf(violated.counterexample!);
    const lanes = lanesOf(violated);
    for (const [i, { thread }] of steps.entries()) {
      const shown = lanes[thread]!.filter(({ args }) => args?.step === i + 1);
      expect(shown.map(({ ts, dur }) => [ts, dur])).toEqual([[i * 10, 10]]);
    }
  });

  test('shows the values of a variable as long as it has them', () => {
    const { counter } = lanesOf(violated);
    const { initial } = violated.counterexample!;
    const steps = stepsOf(violated.counterexample!);
    let value = initial.find(({ variable }) => variable === 'counter')!.value;
    for (const [i, { writes }] of steps.entries()) {
      const shown = counter!.filter(({ ts, dur }) => ts <= i * 10 && i * 10 < ts + dur);
      expect(shown.map(({ name }) => name)).toEqual([value]);
      value = writes.findLast(({ variable }) => variable === 'counter')?.to ?? value;
    }
    expect(counter!.at(-1)!.name).toBe(value);
  });

  test('shows of a lane of the model what has a word, and nothing else', () => {
    const lanes = [
      {
        name: 'mapped',
        shows: [
          { variable: 'finished', as: { 2: 'both' } },
          { variable: 'counter', as: { 1: 'one' } },
        ],
      },
    ];
    const document = { ...violated, counterexample: { ...violated.counterexample!, lanes } };
    const { mapped } = lanesOf(document);
    expect(mapped!.map(({ name }) => name)).toEqual(['one', 'both']);
  });
});
