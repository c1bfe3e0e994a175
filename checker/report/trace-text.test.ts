import { describe, expect, test } from 'vitest';
import type { TraceOperation, TraceStep } from '../check/result.ts';
import { TRACE_WIDTH, traceText } from './trace-text.ts';

interface StepSpec {
  readonly thread: string;
  readonly frames: readonly string[];
  readonly action: string;
  readonly label?: string;
  readonly result?: string;
  readonly branches?: readonly string[];
  readonly reads?: TraceStep['reads'];
  readonly writes?: TraceStep['writes'];
}

function step(spec: StepSpec): TraceStep {
  const { thread, label, action, result, branches = [], reads = [], writes = [] } = spec;
  const frames = spec.frames.map((name) => ({ name }));
  const operation: TraceOperation = {
    frames,
    action,
    reads,
    writes,
    branches: branches.map((taken) => ({ label: taken, frames })),
    ...(label === undefined ? {} : { label }),
    ...(result === undefined ? {} : { result }),
  };
  const move = { thread: 0, choices: [] };
  return { thread, role: 'guest', frames, operations: [operation], reads, writes, move };
}

const split: TraceStep[] = [
  step({
    thread: 'vCPU0',
    frames: ['accept', 'hugepage_test_guest_inhibit'],
    label: 'B4',
    action: 'read info[0]',
    result: 'false',
    reads: [{ variable: 'info[0]', value: '5' }],
  }),
  step({ thread: 'vCPU0', frames: ['accept'], action: 'acquire mmu_lock.writer' }),
  step({
    thread: 'vCPU1',
    frames: ['accept'],
    label: 'F3',
    branches: ['F1', 'F2'],
    action: 'write info[0] = 1',
    writes: [{ variable: 'info[0]', from: '0', to: '1' }],
  }),
  step({
    thread: 'vCPU0',
    frames: ['accept', 'kvm_split_cross_boundary_leafs'],
    action: 'update spte[0x200]',
    writes: [{ variable: 'spte[0x200]', from: 'LEAF_2M', to: 'TABLE' }],
  }),
];

describe('traceText', () => {
  test('draws two threads in two columns, with the values that decide', () => {
    expect(traceText(split).join('\n')).toMatchInlineSnapshot(`
      "  vCPU0                               vCPU1
        (guest)                             (guest)
        -------                             -------
        accept()
          hugepage_test_guest_inhibit()
            B4: read info[0]  // false, of 5
          acquire mmu_lock.writer
                                            accept()
                                              F1, F2: (branch)
                                              F3: write info[0] = 1  // was 0
          kvm_split_cross_boundary_leafs()
            update spte[0x200]
              // LEAF_2M -> TABLE !!!
              ^^^^^^^^^^^^^^^^^^^^^^^"
    `);
  });

  test('draws three threads in three columns if every cell fits', () => {
    const steps = ['a', 'b', 'c'].map((thread) =>
      step({ thread, frames: ['f'], action: 'read x', result: '0' }),
    );
    expect(traceText(steps).join('\n')).toMatchInlineSnapshot(`
      "  a                       b                       c
        (guest)                 (guest)                 (guest)
        -------                 -------                 -------
        f()
          read x  // 0
                                f()
                                  read x  // 0
                                                        f()
                                                          read x  // 0 !!!
                                                          ^^^^^^^^^^^^^^^^"
    `);
  });

  test('lists the steps of three threads if a cell is too wide', () => {
    const steps = [...split, step({ thread: 'host', frames: ['zap'], action: 'read x' })];
    expect(traceText(steps).join('\n')).toMatchInlineSnapshot(`
      "  host (guest)
        vCPU0 (guest)
        vCPU1 (guest)

        1 vCPU0: accept()
                  hugepage_test_guest_inhibit()
                   B4: read info[0]  // false, of 5
        2 vCPU0:  acquire mmu_lock.writer
        3 vCPU1: accept()
                  F1, F2: (branch)
                  F3: write info[0] = 1  // was 0
        4 vCPU0:  kvm_split_cross_boundary_leafs()
                   update spte[0x200]  // LEAF_2M -> TABLE
        5 host:  zap()
                  read x !!!
                  ^^^^^^^^^^"
    `);
  });

  test('lists the steps of four threads', () => {
    const steps = ['a', 'b', 'c', 'd'].map((thread) =>
      step({ thread, frames: [], action: 'read x', result: '0' }),
    );
    expect(traceText(steps).join('\n')).toMatchInlineSnapshot(`
      "  a (guest)
        b (guest)
        c (guest)
        d (guest)

        1 a: read x  // 0
        2 b: read x  // 0
        3 c: read x  // 0
        4 d: read x  // 0 !!!
             ^^^^^^^^^^^^^^^^"
    `);
  });

  test('indents deep calls less, so that they fit', () => {
    const frames = Array.from({ length: 9 }, (_, i) => `kvm_mmu_function_number_${i}`);
    const lines = traceText([
      step({ thread: 'vCPU0', frames, action: 'read x' }),
      step({ thread: 'vCPU1', frames, action: 'read x' }),
    ]);
    expect(lines.filter((line) => line.includes('number_8')).join('\n')).toMatchInlineSnapshot(`
      "          kvm_mmu_function_number_8()
                                                    kvm_mmu_function_number_8()"
    `);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(TRACE_WIDTH);
  });

  test('shows each operation of an atomic step', () => {
    const [one, two] = [split[0]!, split[3]!];
    const atomic: TraceStep = { ...one, operations: [...one.operations, ...two.operations] };
    expect(traceText([atomic]).join('\n')).toMatchInlineSnapshot(`
      "  vCPU0
        (guest)
        -------
        accept()
          hugepage_test_guest_inhibit()
            B4: read info[0]  // false, of 5
          kvm_split_cross_boundary_leafs()
            update spte[0x200]  // LEAF_2M -> TABLE !!!
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    `);
  });

  test('says that the initial state violates the claim', () => {
    expect(traceText([])).toEqual(['  (the initial state)']);
  });
});
