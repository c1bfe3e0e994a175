import { describe, expect, test } from 'vitest';
import { runCheck } from '../checker/check/check.ts';
import { defineModel, type Model } from '../checker/index.ts';
import type { Program } from '../model/guest/program.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';

/** The obligations that a check of one small scope does not meet, with the reason. */
function unmetIn(scope: Partial<KvmScope>, changed: Model = model as unknown as Model) {
  const scopes = [complete_scope({ host: [], ...scope } as Partial<KvmScope>)];
  const { verdict, ledger } = runCheck(changed, scopes, {
    engine: 'compiled',
    limits: {},
    keepGoing: false,
    ledger: true,
  });
  const unmet = ledger?.entries.filter(({ status }) => status === 'unmet') ?? [];
  const lines = unmet.map(({ name, reason }) => `${name}: ${reason}`);
  return { verdict, unmet: lines, uncalled: ledger?.uncalled };
}

const COVERED = 'test mmu_invalidate_in_progress, vcpu*.fault_snapshot';

describe('the kernel model is vacuous', () => {
  test('with one vCPU: nobody waits for mmu_lock, nothing races', () => {
    const { verdict, unmet } = unmetIn({ vcpus: 1, ops: 2, regions: 1 });
    expect(verdict).toBe('VACUOUS');
    expect(unmet).toContain(
      'tdx_check_accept_level B5 acquire mmu_lock.writer of mmu_lock waits: never seen',
    );
    expect(unmet).toContain(`kvm_tdp_mmu_map_entry F14b: never seen`);
  });

  test('with a lock that nobody contends: who waits for it is missing, and no more of it', () => {
    const waits = /^tdx_check_accept_level B5 acquire mmu_lock\.writer of mmu_lock waits: /;
    const lines = (vcpus: number) => unmetIn({ vcpus, ops: 1, regions: 1 }).unmet;
    expect(lines(1).filter((line) => waits.test(line))).toHaveLength(1);
    expect(lines(2).filter((line) => waits.test(line))).toHaveLength(0);
  });

  test('with branches that cannot be taken, and premises that never hold', () => {
    const { verdict, unmet } = unmetIn({ vcpus: 2, ops: 1, regions: 1 });
    expect(verdict).toBe('VACUOUS');
    expect(unmet).toContain(
      `is_page_fault_stale F12 ${COVERED} = true: cannot happen here; may with --host zap`,
    );
    expect(unmet).toContain('claim P7 judged: never seen');
    expect(unmet).toContain('claim P9 judged: never seen');
  });

  test('with one region: nobody finds the 1G bit that was set for another', () => {
    const bit = 'hugepage_test_guest_inhibit read disallow_lpage_1G = true: never seen';
    const one = unmetIn({ vcpus: 1, ops: 2, regions: 1 });
    expect([one.verdict, one.unmet.includes(bit)]).toEqual(['VACUOUS', true]);
    expect(unmetIn({ vcpus: 1, ops: 2, regions: 2 }).unmet).not.toContain(bit);
  });

  test('with a guest that never accepts: the accept step is dead', () => {
    const touching = defineModel({
      ...model,
      build: (shared, scope) => {
        const { threads, claims } = model.build(shared, scope);
        const touching_only = (args: readonly unknown[]) => {
          const [kvm, vcpu, program, ops] = args as [unknown, unknown, Program, unknown];
          const touches = program.map(({ turns }) => ({
            turns: turns.filter(({ does }) => does !== 'accept'),
          }));
          return [kvm, vcpu, touches, ops];
        };
        return {
          threads: threads.map((one) =>
            one.role === 'guest' ? { ...one, args: touching_only(one.args) } : one,
          ),
          claims,
        };
      },
    });
    const { verdict, unmet, uncalled } = unmetIn(
      { vcpus: 2, ops: 1, regions: 1 },
      touching as unknown as Model,
    );
    expect(verdict).toBe('VACUOUS');
    expect(unmet.filter((line) => line.startsWith('kvm_tdp_mmu_map_at F18: cannot'))).toHaveLength(
      1,
    );
    expect(unmet).toContain('claim T5 judged: never seen');
    expect(uncalled).toContain('hugepage_test_guest_inhibit');
  });
});

test.each([1, 2])('a SEAMCALL that fails leaves nothing unseen, with %i failures', (failures) => {
  const all = { vcpus: 2, ops: 1, regions: 1, base: 'capped-after', failures } as const;
  const { verdict, unmet } = unmetIn({
    ...all,
    host: ['zap', 'prefault'],
    inject: ['seamcall-error'],
  });
  expect([verdict, unmet]).toEqual(['EXHAUSTED', []]);
});
