import { describe, expect, it } from 'vitest';
import { type Claim, checkScope, invariant, onReturn, stepClaim } from '../checker/index.ts';
import { PG_LEVEL_2M } from '../model/gfn.ts';
import type { Kernel } from '../model/kernel.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import { td_model } from '../model/td-model.ts';
import { every_claim } from './index.ts';
import { vm_stays_alive } from './vm-stays-alive.ts';

const SMALL = { vcpus: 1, ops: 2, regions: 1, host: [] };
const OPTIONS = { engine: 'compiled', limits: {}, keepGoing: false } as const;

function violated(known: Partial<KvmScope>, claims_of = every_claim): readonly string[] {
  const scope = complete_scope({ ...SMALL, ...known });
  const { claims } = checkScope(td_model(claims_of), scope, OPTIONS);
  return claims.filter(({ verdict }) => verdict === 'VIOLATED').map(({ id }) => id);
}

/** Whether a state or a step is reached that a claim calls impossible. */
function reaches(guest: string, never: (kvm: Kernel) => Claim, ops = 2): boolean {
  const claims = (kvm: Kernel, scope: KvmScope) => [
    ...every_claim(kvm, scope).filter(({ kind }) => kind === 'assertion'),
    never(kvm),
  ];
  return violated({ guest: [guest], ops }, claims).length > 0;
}

const NEVER = { id: 'never', sentence: 'it is never reached' };

describe('every claim holds of RFC v2', () => {
  const guests = ['release', 'accept-1g', 'interrupted', 've-disabled'];
  it.each([...guests.map((word) => [word]), guests])('with guests that know %s', (...guest) => {
    expect(violated({ guest, host: ['prefault'] })).toEqual([]);
    expect(violated({ guest, vcpus: 2, ops: 1, host: ['prefault'] })).toEqual([]);
  });

  it('where accepted pages are followed, with release', () => {
    expect(violated({ guest: ['release'], host: ['convert'], conversions: 1 })).toEqual([]);
  });
});

describe('a guest', () => {
  it('can give back a 2M leaf that it has accepted, and have it split', () => {
    const released = (kvm: Kernel) =>
      stepClaim(NEVER, [...kvm.sept_2M], (before, after) => {
        return !(before === 'MAPPED' && after === 'PENDING');
      });
    expect(reaches('release', released)).toBe(true);
    expect(reaches('interrupted', released)).toBe(false);
    const scope = { guest: ['release'], ops: 3, mutate: 'split-wrong-root' };
    expect(violated(scope)).toEqual(['P14']);
  });

  it('gets an error for an accept of 1G, and no exit', () => {
    const status = (unwanted: string) => (kvm: Kernel) =>
      onReturn(NEVER, kvm.tdg_mem_page_accept, function* ([, , level], answer) {
        return level <= PG_LEVEL_2M || answer !== unwanted;
      });
    expect(reaches('accept-1g', status('TDX_OPERAND_INVALID'))).toBe(true);
    expect(reaches('accept-1g', status('exit'))).toBe(false);
  });

  it('can be interrupted in a 2M accept, and go on', () => {
    const interrupted = (kvm: Kernel) =>
      onReturn(NEVER, kvm.tdg_mem_page_accept, function* (_args, answer) {
        return answer !== 'interrupted';
      });
    expect(reaches('interrupted', interrupted)).toBe(true);
    expect(reaches('release', interrupted)).toBe(false);
  });

  it('dies of touching what it has not accepted only with pending_ve_disable', () => {
    const alive = (kvm: Kernel) =>
      invariant(NEVER, ['the VM'], function* () {
        return yield* kvm.vm_dead.test((dead) => !dead);
      });
    expect(reaches('ve-disabled', alive)).toBe(true);
    expect(reaches('release', alive)).toBe(false);
    expect(reaches('ve-disabled', (kvm) => vm_stays_alive(kvm, false))).toBe(true);
  });
});
