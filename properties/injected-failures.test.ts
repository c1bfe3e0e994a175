import { describe, expect, it } from 'vitest';
import { checkScope, onReturn } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import { td_model } from '../model/td-model.ts';
import type { Seamcall, SeamcallStatus } from '../model/tdx-module/status.ts';
import model, { every_claim } from './index.ts';

const SMALL = { vcpus: 1, ops: 2, regions: 1, host: ['zap', 'prefault'], failures: 2 };
const OPTIONS = { engine: 'compiled', limits: {}, keepGoing: false } as const;

function check(known: Partial<KvmScope>) {
  return checkScope(model, complete_scope({ ...SMALL, ...known }), OPTIONS);
}

function violated(known: Partial<KvmScope>): readonly string[] {
  const { claims } = check(known);
  return claims.filter(({ verdict }) => verdict === 'VIOLATED').map(({ id }) => id);
}

describe('with SEAMCALLs that fail', () => {
  it.each([
    ['busy'],
    ['interrupted'],
    ['seamcall-error'],
    ['enomem', 'busy', 'interrupted', 'seamcall-error'],
  ])('every claim holds of RFC v2: %s', (...inject) => {
    const { verdict, claims } = check({ inject });
    expect(verdict).toBe('EXHAUSTED');
    expect(claims.find(({ id }) => id === 'P14')?.premise).toBeGreaterThan(0);
  });

  it('every claim holds of RFC v2 with two vCPUs and a busy module', () => {
    expect(violated({ vcpus: 2, ops: 1, host: [], inject: ['busy'] })).toEqual([]);
  });

  it('a module that stays busy kills the VM, and one that is busy once does not', () => {
    expect(violated({ inject: ['busy-again'] })).toEqual(['P6']);
    expect(violated({ inject: ['busy-again'], failures: 1 })).toEqual([]);
  });

  it.each([
    ['rfc-v2-posted', ['P6', 'P14']],
    ['v3', []],
    ['rfc-v5', []],
  ])('an interrupted DEMOTE costs %s %j', (variant, expected) => {
    const host: string[] = [];
    const claims = ['P6', 'P14'];
    expect(
      violated({ variant, host, inject: ['interrupted'] }).filter((id) => claims.includes(id)),
    ).toEqual(expected);
  });

  it.each([
    ['rfc-v2', []],
    ['rfc-v2-posted', ['P14']],
    ['v3', ['P14']],
    ['rfc-v5', []],
  ])('an allocation that fails costs %s %j', (variant, expected) => {
    const scope = complete_scope({ ...SMALL, variant, host: [], inject: ['enomem'], failures: 1 });
    const { claims } = checkScope(model, scope, { ...OPTIONS, only: ['P14'] });
    const failed = claims.filter(({ verdict }) => verdict === 'VIOLATED').map(({ id }) => id);
    expect(failed).toEqual(expected);
  });
});

/** Whether some SEAMCALL answers as asked while vCPUs are kept out or not. */
function reached(inject: string, call: Seamcall, status: SeamcallStatus, kept_out: boolean) {
  const never = (kvm: Kernel, scope: KvmScope) => [
    ...every_claim(kvm, scope).filter(({ kind }) => kind === 'assertion'),
    onReturn(
      { id: 'never', sentence: 'it is never reached' },
      kvm.seamcall,
      function* ([, made], answered) {
        if (made !== call || answered !== status) return 'vacuous';
        return yield* kvm.wait_for_sept_zap.test((out) => out !== kept_out);
      },
    ),
  ];
  const scope = complete_scope({ ...SMALL, inject: [inject] });
  const { claims } = checkScope(td_model(never), scope, OPTIONS);
  return claims.find(({ id }) => id === 'never')?.verdict === 'VIOLATED';
}

describe('a SEAMCALL', () => {
  it.each<[Seamcall]>([
    ['TDH.MEM.PAGE.AUG'],
    ['TDH.MEM.SEPT.ADD'],
    ['TDH.MEM.RANGE.BLOCK'],
    ['TDH.MEM.TRACK'],
    ['TDH.MEM.PAGE.DEMOTE'],
    ['TDH.MEM.PAGE.REMOVE'],
    ['TDH.MEM.SEPT.REMOVE'],
  ])('%s can be busy, and can fail', (call) => {
    expect(reached('busy', call, 'TDX_OPERAND_BUSY', false)).toBe(true);
    expect(reached('seamcall-error', call, 'TDX_SEAMCALL_VMFAILINVALID', false)).toBe(true);
  });

  it('is called again with all vCPUs kept out, and is not busy then', () => {
    expect(reached('busy', 'TDH.MEM.PAGE.DEMOTE', 'SUCCESS', true)).toBe(true);
    expect(reached('busy', 'TDH.MEM.PAGE.DEMOTE', 'TDX_OPERAND_BUSY', true)).toBe(false);
    expect(reached('busy-again', 'TDH.MEM.PAGE.DEMOTE', 'TDX_OPERAND_BUSY', true)).toBe(true);
  });

  it('is interrupted only if it is a DEMOTE', () => {
    const status = 'TDX_INTERRUPTED_RESTARTABLE';
    expect(reached('interrupted', 'TDH.MEM.PAGE.DEMOTE', status, false)).toBe(true);
    expect(reached('interrupted', 'TDH.MEM.RANGE.BLOCK', status, false)).toBe(false);
  });
});
