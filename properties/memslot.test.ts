import { describe, expect, it } from 'vitest';
import {
  checkLiveness,
  checkScope,
  defineModel,
  type Model,
  modelled,
  type Steps,
  stepClaim,
} from '../checker/index.ts';
import type { DisallowLpage } from '../model/disallow-lpage.ts';
import type { Gfn } from '../model/gfn.ts';
import { zapping } from '../model/host/zapping.ts';
import type { Kernel, KernelFunctions } from '../model/kernel.ts';
import type { Memslot } from '../model/memory.ts';
import { gfn_to_memslot as lookup } from '../model/mmu/gfn-to-memslot.ts';
import { type KvmScope, parameters } from '../model/parameters.ts';
import { complete_scope, scopes } from '../model/scopes.ts';
import { build_td, threads_of } from '../model/td.ts';
import { td_model } from '../model/td-model.ts';
import { every_claim } from './index.ts';
import { progress } from './progress.ts';

const SMALL = { vcpus: 1, ops: 1, regions: 1, host: ['memslot'] };
const OPTIONS = { engine: 'compiled', limits: {}, keepGoing: true } as const;

/** RFC v2, or another version, with some functions replaced. */
function edited(edit: Partial<KernelFunctions>): Model<typeof parameters> {
  return defineModel({
    name: 'edited',
    version: '1',
    summary: 'a version with some functions replaced',
    parameters,
    build: (shared, scope) => {
      const kvm: Kernel = { ...build_td(shared, scope).kvm, ...edit };
      const claims = [...every_claim(kvm, scope), ...progress(kvm)];
      return { threads: threads_of(kvm, scope), claims };
    },
  });
}

function failing(
  edit: Partial<KernelFunctions>,
  judge: typeof checkScope = checkScope,
  known: Partial<KvmScope> = {},
): readonly string[] {
  const scope = complete_scope({ ...SMALL, ...known });
  const { claims } = judge(edited(edit) as unknown as Model, scope, OPTIONS);
  return claims.filter(({ verdict }) => verdict === 'VIOLATED').map(({ id }) => id);
}

/** A kernel that does not look the slot up at one step. */
function without_lookup_at(step: string): Partial<KernelFunctions> {
  const gfn_to_memslot = modelled(
    'gfn_to_memslot',
    function* (kvm: Kernel, gfn: Gfn, label: string): Steps<Memslot> {
      return label === step ? 'valid' : yield* lookup(kvm, gfn, label);
    },
  );
  return { gfn_to_memslot };
}

describe('with a slot that is deleted and created again', () => {
  it.each<Partial<KvmScope>>([
    { ops: 3 },
    { ops: 2, regions: 2 },
    { vcpus: 2, host: ['zap', 'prefault', 'memslot'] },
    { ops: 2, base: 'capped-after' },
    { ops: 2, inject: ['enomem'] },
    { ops: 2, variant: 'v3' },
    { ops: 2, variant: 'rfc-v5' },
  ])('every claim holds in %j, and what they are about is reached', (known) => {
    const scope = complete_scope({ ...SMALL, ...known });
    const { verdict, claims } = checkScope(edited({}) as unknown as Model, scope, OPTIONS);
    const failed = claims.filter((claim) => claim.verdict !== 'HOLDS').map(({ id }) => id);
    expect([verdict, failed]).toEqual(['EXHAUSTED', []]);
    for (const id of ['P1', 'P9-slot', 'P13', 'T1', 'T5']) {
      expect([id, claims.find((claim) => claim.id === id)?.premise]).not.toEqual([id, 0]);
    }
  });

  it('everything ends that has to', () => {
    expect(failing({}, checkLiveness)).toEqual([]);
    expect(failing({}, checkLiveness, { vcpus: 2, host: ['prefault', 'memslot'] })).toEqual([]);
  });

  it('a deletion that does not wait for who found the slot is noticed', () => {
    const synchronize_srcu = modelled('synchronize_srcu', function* (_kvm: Kernel): Steps<void> {});
    expect(failing({ synchronize_srcu })).toEqual(expect.arrayContaining(['P9-slot', 'P13']));
  });

  // The reference waits once, before the zap (M2): see docs/findings.md.
  it('nor is it enough to wait before the zap and not before the words are freed', () => {
    const kvm_delete_memslot = modelled('kvm_set_memslot', function* (kvm: Kernel): Steps<void> {
      yield* kvm.memslot.write('INVALID');
      yield* kvm.synchronize_srcu(kvm);
      yield* zapping(kvm, { start: 0 as Gfn, end: 2 as Gfn }, 'M3', function* () {
        yield* kvm.tdp_mmu_zap_region(kvm, 0 as Gfn);
        return 0;
      });
      yield* kvm.memslot.write('none');
      yield* kvm.disallow_lpage_2M.at(0).write('freed');
      yield* kvm.disallow_lpage_1G.write('freed');
    });
    expect(failing({ kvm_delete_memslot })).toContain('P13');
    expect(failing({ kvm_delete_memslot })).not.toContain('P9-slot');
  });

  it.each([
    ['B1', 'P13'],
    ['F1', 'P9-slot'],
  ])('a kernel without the lookup at %s breaks %s', (step, claim) => {
    expect(failing(without_lookup_at(step))).toContain(claim);
  });

  it('without A6e the deletion waits for a vCPU that retries until it is done', () => {
    expect(failing(without_lookup_at('A6e'), checkLiveness)).toContain('L3');
    expect(failing(without_lookup_at('A6e'))).toEqual([]);
  });

  it('a word whose bit is set is freed, and is 0 again in the new slot', () => {
    const meta = { id: 'never', sentence: 'This never happens.' };
    const reaches = (from: DisallowLpage, to: DisallowLpage) => {
      const claims = (kvm: Kernel, scope: KvmScope) => [
        ...every_claim(kvm, scope).filter(({ kind }) => kind === 'assertion'),
        stepClaim(meta, [kvm.disallow_lpage_2M.at(0)], (before, after) => {
          return !(before === from && after === to);
        }),
      ];
      const { verdict } = checkScope(td_model(claims), complete_scope(SMALL), OPTIONS);
      return verdict === 'VIOLATED';
    };
    expect(reaches('GUEST_INHIBIT', 'freed')).toBe(true);
    expect(reaches('freed', '0')).toBe(true);
    expect(reaches('GUEST_INHIBIT', '0')).toBe(false);
    expect(reaches('freed', 'GUEST_INHIBIT')).toBe(false);
  });

  it('conversions are refused', () => {
    expect(() => scopes({ host: ['convert', 'memslot'] })).toThrow('--host convert,memslot');
  });
});
