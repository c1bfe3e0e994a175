import { describe, expect, it } from 'vitest';
import { checkScope, defineModel, type Model, modelled, type Steps } from '../checker/index.ts';
import { mirror_sptep, sept_entry } from '../model/entry.ts';
import { type Gfn, type Level, PG_LEVEL_2M, PG_LEVEL_4K } from '../model/gfn.ts';
import type { Kernel, KernelFunctions } from '../model/kernel.ts';
import { type KvmScope, parameters } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import { build_td, threads_of } from '../model/td.ts';
import { seamcall as unchanged } from '../model/tdx-module/seamcall.ts';
import type { Seamcall, SeamcallStatus } from '../model/tdx-module/status.ts';
import { shared_lock } from '../model/versions/shared-lock.ts';
import { every_claim } from './index.ts';

// No row of domain.md 8.4 breaks T2, T3 or T6: KVM cannot, as docs/findings.md says. What can is a
// mistake in what they speak of, and these tests make one each.

const OPTIONS = { engine: 'compiled', limits: {}, keepGoing: true } as const;

function failing(edit: Partial<KernelFunctions>, known: Partial<KvmScope> = {}): readonly string[] {
  const model = defineModel({
    name: 'edited',
    version: '1',
    summary: 'RFC v2 with some functions replaced',
    parameters,
    build: (shared, scope) => {
      const kvm: Kernel = { ...build_td(shared, scope).kvm, ...edit };
      return { threads: threads_of(kvm, scope), claims: every_claim(kvm, scope) };
    },
  });
  const scope = complete_scope({ vcpus: 1, ops: 2, regions: 1, host: ['zap'], ...known });
  const { claims } = checkScope(model as unknown as Model, scope, OPTIONS);
  return claims.filter(({ verdict }) => verdict === 'VIOLATED').map(({ id }) => id);
}

describe('what changes in one direction only', () => {
  it('does so in RFC v2', () => {
    expect(failing({})).toEqual([]);
  });

  it('T2 fails where a table is merged in place', () => {
    const tdp_mmu_zap_region = modelled(
      'tdp_mmu_zap_region',
      function* (kvm: Kernel, gfn: Gfn): Steps<void> {
        yield* mirror_sptep(kvm, gfn, PG_LEVEL_2M).update((entry) =>
          entry === 'table' ? 'leaf' : entry,
        );
      },
    );
    expect(failing({ tdp_mmu_zap_region })).toContain('T2');
    expect(failing({ tdp_mmu_zap_region })).not.toContain('T3');
  });

  it('T3 fails where KVM trusts in a module that demotes what is not blocked, and has it', () => {
    const { seamcall, tdx_sept_split_private_spt } = shared_lock.functions;
    const failed = failing({ seamcall, tdx_sept_split_private_spt });
    expect(failed).toContain('T3');
    expect(failed).not.toContain('T3-4K');
  });

  it('T3-4K fails where the module gives back 4K pages that are not blocked', () => {
    const seamcall = modelled(
      'seamcall',
      function* (kvm: Kernel, call: Seamcall, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
        if (level === PG_LEVEL_4K && call === 'TDH.MEM.RANGE.BLOCK') return 'SUCCESS';
        if (level !== PG_LEVEL_4K || call !== 'TDH.MEM.PAGE.REMOVE') {
          return yield* unchanged(kvm, call, gfn, level);
        }
        yield* sept_entry(kvm, gfn, level).write('FREE');
        return 'SUCCESS';
      },
    );
    expect(failing({ seamcall })).toEqual(['T3-4K']);
  });

  it('T6 fails where the sequence number is one bit, and a second end takes it back', () => {
    const wraps = { none: 'none', current: 'stale', stale: 'current' } as const;
    const kvm_mmu_invalidate_end = modelled(
      'kvm_mmu_invalidate_end',
      function* (kvm: Kernel): Steps<void> {
        for (const { fault_snapshot } of kvm.vcpus) {
          yield* fault_snapshot.update((known) => wraps[known]);
        }
        yield* kvm.mmu_invalidate_in_progress.write('none');
      },
    );
    expect(failing({ kvm_mmu_invalidate_end })).toEqual([]);
    expect(failing({ kvm_mmu_invalidate_end }, { zaps: 2 })).toContain('T6');
  });
});
