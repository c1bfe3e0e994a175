import { describe, expect, it } from 'vitest';
import { atomic, checkScope, defineModel, fill, modelled, type Steps } from '../checker/index.ts';
import { sept_entry } from '../model/entry.ts';
import { type Gfn, gfns_beside, type Level, PG_LEVEL_4K } from '../model/gfn.ts';
import type { Kernel, KernelFunctions } from '../model/kernel.ts';
import { type KvmScope, parameters } from '../model/parameters.ts';
import { complete_scope, scopes } from '../model/scopes.ts';
import { build_td, threads_of } from '../model/td.ts';
import { seamcall as unchanged } from '../model/tdx-module/seamcall.ts';
import type { Seamcall, SeamcallStatus } from '../model/tdx-module/status.ts';
import { every_claim } from './index.ts';

const SMALL = { vcpus: 1, ops: 2, regions: 1, host: ['convert'], conversions: 2 };

/** A check of RFC v2 with some functions replaced. */
function check(
  known: Partial<KvmScope>,
  edit: Partial<KernelFunctions> = {},
  only?: readonly string[],
) {
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
  const options = { engine: 'compiled', limits: {}, keepGoing: false } as const;
  return checkScope(model, complete_scope(known), only ? { ...options, only } : options);
}

function violated(edit: Partial<KernelFunctions>, claim: string): boolean {
  const { claims } = check({ ...SMALL, ops: 1 }, edit, [claim]);
  return claims.some(({ id, verdict }) => id === claim && verdict === 'VIOLATED');
}

describe('with conversions', () => {
  it.each<Partial<KvmScope>>([
    SMALL,
    { ...SMALL, ops: 1, base: 'capped-after' },
    { ...SMALL, ops: 1, host: ['zap', 'convert', 'prefault'], conversions: 1 },
    { ...SMALL, ops: 1, regions: 2, inject: ['enomem'], conversions: 1 },
    { ...SMALL, vcpus: 2, ops: 1, conversions: 1 },
  ])('every claim holds in %j, and what they are about is reached', (known) => {
    const { verdict, claims } = check(known);
    expect(verdict).toBe('EXHAUSTED');
    const about = claims.filter(({ id }) => ['P8', 'P9', 'P9-leaf', 'P10'].includes(id));
    expect(about).toHaveLength(4);
    expect(about.filter(({ premise }) => !(premise > 0)).map(({ id }) => id)).toEqual([]);
  });

  it.each([
    ['rfc-v2', []],
    ['rfc-v2-posted', ['P10']],
    ['v3', ['P9-leaf']],
  ])('a split that fails costs %s %j', (variant, expected) => {
    const size = { ...SMALL, ops: 1, conversions: 1, inject: ['enomem'], variant };
    const { claims } = check(size, {}, ['P9-leaf', 'P10']);
    const failed = claims.filter(({ verdict }) => verdict === 'VIOLATED');
    expect(failed.map(({ id }) => id)).toEqual(expected);
  });

  it.each(['baseline', 'rfc-v1', 'rfc-v5', 'rfc-v5-posted', 'shared-lock'])(
    'they are refused for %s, which is not modelled with them',
    (variant) => {
      expect(() => scopes({ variant, host: ['convert'] })).toThrow('--host convert: not with');
    },
  );

  it('a leaf over shared memory is noticed where faults do not look at attributes', () => {
    const kvm_mem_is_private = modelled(
      'kvm_mem_is_private',
      function* (_kvm: Kernel): Steps<boolean> {
        return true;
      },
    );
    expect(violated({ kvm_mem_is_private }, 'P9-leaf')).toBe(true);
    expect(violated({}, 'P9-leaf')).toBe(false);
  });

  it('a MIXED that is never set is noticed', () => {
    const hugepage_set_mixed = modelled(
      'hugepage_set_mixed',
      function* (_kvm: Kernel): Steps<void> {},
    );
    expect(violated({ hugepage_set_mixed }, 'P8')).toBe(true);
    expect(violated({}, 'P8')).toBe(false);
  });

  it('an invalidation that ends before MIXED is set lets a 2M leaf cover a mixed region', () => {
    const kvm_arch_post_set_memory_attributes = modelled(
      'kvm_arch_post_set_memory_attributes',
      function* (_kvm: Kernel): Steps<void> {},
    );
    expect(violated({ kvm_arch_post_set_memory_attributes }, 'P9-leaf')).toBe(true);
  });

  it('an accepted page that a split loses is noticed', () => {
    const seamcall = modelled(
      'seamcall',
      function* (kvm: Kernel, call: Seamcall, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
        return yield* atomic(function* () {
          const status = yield* unchanged(kvm, call, gfn, level);
          if (call === 'TDH.MEM.PAGE.DEMOTE') {
            yield* fill(
              gfns_beside(kvm.geometry, gfn).map((page) => sept_entry(kvm, page, PG_LEVEL_4K)),
              'PENDING',
            );
          }
          return status;
        });
      },
    );
    expect(violated({ seamcall }, 'P10')).toBe(true);
    expect(violated({}, 'P10')).toBe(false);
  });

  it('a sequence number that goes back is noticed', () => {
    // A counter of one bit: it wraps around.
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
    expect(violated({ kvm_mmu_invalidate_end }, 'T6')).toBe(true);
    expect(violated({}, 'T6')).toBe(false);
  });
});
