import { expect, it } from 'vitest';
import {
  assertionClaim,
  type Claim,
  checkScope,
  every,
  holds,
  inside,
  invariant,
  onReturn,
} from '../checker/index.ts';
import { is_blocked_leaf, sept_entry } from './entry.ts';
import { PG_LEVEL_2M } from './gfn.ts';
import type { Kernel } from './kernel.ts';
import { complete_scope } from './scopes.ts';
import { td_model } from './td-model.ts';
import { PAST_B4 } from './tdx/tdx-check-accept-level.ts';

// The sanity anchors of domain.md 10: what must be reachable, or the model is too coarse.

const NEVER = { id: 'never', sentence: 'it is never reached' };
const P13 = assertionClaim({ id: 'P13', sentence: 'nothing leaks' });

/** A shortest schedule to a state that breaks `never`: of each step its thread and its labels. */
function schedule(never: (kvm: Kernel) => Claim, ops: number): readonly string[] {
  const model = td_model((kvm) => [never(kvm), P13]);
  const scope = complete_scope({ vcpus: 2, ops, regions: 1, host: ['prefault'] });
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  const { claims } = checkScope(model, scope, options);
  const steps = claims.find(({ id }) => id === 'never')?.counterexample?.steps ?? [];
  return steps.map(({ thread, frames, operations }) => {
    const own = operations.map(({ label }) => label).filter((label) => label !== undefined);
    const labels = own.length > 0 ? own : [frames.findLast(({ label }) => label)?.label];
    const chosen = operations.find(({ action }) => action.startsWith('choose'))?.result;
    return [thread, ...labels, chosen].filter((part) => part !== undefined).join(' ');
  });
}

it('(a) reaches an accepted 2M leaf that no bit forbids', () => {
  const steps = schedule(
    (kvm) =>
      invariant(NEVER, [0], function* () {
        const word = kvm.disallow_lpage_2M.at(0).is('0');
        return !(yield* holds(every([word, kvm.sept_2M.at(0).is('MAPPED')])));
      }),
    1,
  );
  expect(steps).toMatchInlineSnapshot(`
    [
      "vCPU0 touch gfn 0",
      "vCPU0 F4",
      "vCPU0 F11",
      "vCPU0 F12",
      "vCPU0 F13",
      "vCPU0 F14",
      "vCPU0 F17.1",
      "vCPU0 F17.2",
      "vCPU1 G5 G7 accept gfn 0 at 2M",
    ]
  `);
});

it('(b) reaches the split of a pending 2M leaf', () => {
  const steps = schedule(
    (kvm) =>
      onReturn(NEVER, kvm.seamcall, function* ([, call], status) {
        const pending = yield* kvm.sept_4K.at(0).test((entry) => entry === 'PENDING');
        return !(call === 'TDH.MEM.PAGE.DEMOTE' && status === 'SUCCESS' && pending);
      }),
    1,
  );
  expect(steps).toMatchInlineSnapshot(`
    [
      "vCPU0 touch gfn 0",
      "vCPU0 F4",
      "vCPU0 F11",
      "vCPU0 F12",
      "vCPU0 F13",
      "vCPU0 F14",
      "vCPU0 F17.1",
      "vCPU0 F17.2",
      "vCPU0 F17.3",
      "vCPU0 F19",
      "vCPU1 G2 accept gfn 0 at 4K",
      "vCPU1 B4",
      "vCPU1 B5",
      "vCPU1 S2 false",
      "vCPU1 S3",
      "vCPU1 S5",
      "vCPU1 S5",
      "vCPU1 S3",
      "vCPU1 S6.1 S6.2",
      "vCPU1 S6.3",
      "vCPU1 S6.3",
      "vCPU1 S6.3",
    ]
  `);
});

it('(c) reaches an accept step that skips the lock', () => {
  const steps = schedule(
    (kvm) =>
      onReturn(NEVER, kvm.hugepage_test_guest_inhibit, function* (_args, set) {
        return !set;
      }),
    1,
  );
  expect(steps).toMatchInlineSnapshot(`
    [
      "vCPU0 G2 accept gfn 0 at 4K",
      "vCPU0 B4",
      "vCPU0 B5",
      "vCPU0 S2 false",
      "vCPU0 S3",
      "vCPU0 B8",
      "vCPU0 B8",
      "vCPU1 G2 accept gfn 0 at 4K",
      "vCPU1 B4",
    ]
  `);
});

it('(d) reaches two vCPUs that both read 0 at B4', () => {
  const steps = schedule(
    () =>
      invariant(NEVER, [0], function* () {
        return (yield* inside(PAST_B4)) < 2;
      }),
    1,
  );
  expect(steps).toMatchInlineSnapshot(`
    [
      "vCPU0 G2 accept gfn 0 at 4K",
      "vCPU0 B4",
      "vCPU1 G2 accept gfn 0 at 4K",
      "vCPU1 B4",
    ]
  `);
});

it('(e) reaches a spare page table that is freed unused', () => {
  const steps = schedule(
    (kvm) =>
      onReturn(NEVER, kvm.tdp_mmu_free_sp, function* () {
        return false;
      }),
    2,
  );
  expect(steps).toMatchInlineSnapshot(`
    [
      "vCPU0 prefault gfn 0",
      "vCPU0 F4",
      "vCPU0 F11",
      "vCPU0 F12",
      "vCPU0 F13",
      "vCPU0 F14",
      "vCPU0 F17.1",
      "vCPU0 F17.2",
      "vCPU0 F17.3",
      "vCPU0 F19",
      "vCPU0 G2 accept gfn 0 at 4K",
      "vCPU0 B4",
      "vCPU0 B5",
      "vCPU0 S2 false",
      "vCPU0 S3",
      "vCPU0 S5",
      "vCPU1 G2 accept gfn 0 at 4K",
      "vCPU1 B4",
      "vCPU1 B5",
      "vCPU1 S2 false",
      "vCPU1 S3",
      "vCPU1 S5",
      "vCPU1 S5",
      "vCPU1 S3",
      "vCPU1 S6.1 S6.2",
      "vCPU1 S6.3",
      "vCPU1 S6.3",
      "vCPU1 S6.3",
      "vCPU1 B8",
      "vCPU1 B8",
      "vCPU1 B9",
      "vCPU1 B9",
      "vCPU1 B10",
      "vCPU0 S5",
      "vCPU0 S3",
    ]
  `);
});

it('(f) reaches a size mismatch in the guest', () => {
  const steps = schedule(
    (kvm) =>
      onReturn(NEVER, kvm.tdg_mem_page_accept, function* (_args, result) {
        return result !== 'TDX_PAGE_SIZE_MISMATCH';
      }),
    1,
  );
  expect(steps).toMatchInlineSnapshot(`
    [
      "vCPU0 G2 accept gfn 0 at 4K",
      "vCPU0 B4",
      "vCPU0 B5",
      "vCPU0 S2 false",
      "vCPU0 S3",
      "vCPU0 B8",
      "vCPU0 B8",
      "vCPU0 B9",
      "vCPU0 B9",
      "vCPU0 B10",
      "vCPU0 F4",
      "vCPU0 F11",
      "vCPU0 F12",
      "vCPU0 F13",
      "vCPU0 F14",
      "vCPU0 F17.1",
      "vCPU0 F17.2",
      "vCPU1 G5 accept gfn 0 at 2M",
    ]
  `);
});

it('(g) reaches an exit of type ACCEPT while the leaf is blocked', () => {
  const steps = schedule(
    (kvm) =>
      onReturn(NEVER, kvm.tdg_mem_page_accept, function* ([, gfn], result) {
        const blocked = yield* sept_entry(kvm, gfn, PG_LEVEL_2M).test(is_blocked_leaf);
        return !(result === 'exit' && blocked);
      }),
    2,
  );
  expect(steps).toMatchInlineSnapshot(`
    [
      "vCPU0 prefault gfn 0",
      "vCPU0 F4",
      "vCPU0 F11",
      "vCPU0 F12",
      "vCPU0 F13",
      "vCPU0 F14",
      "vCPU0 F17.1",
      "vCPU0 F17.2",
      "vCPU0 F17.3",
      "vCPU0 F19",
      "vCPU0 G2 accept gfn 0 at 4K",
      "vCPU0 B4",
      "vCPU0 B5",
      "vCPU0 S2 false",
      "vCPU0 S3",
      "vCPU0 S5",
      "vCPU0 S5",
      "vCPU0 S3",
      "vCPU0 S6.1 S6.2",
      "vCPU0 S6.3",
      "vCPU1 G2 accept gfn 0 at 4K",
    ]
  `);
});
