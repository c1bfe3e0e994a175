import { type Claim, every, holds, inside, invariant } from '../checker/index.ts';
import { mirror_sptep } from '../model/entry.ts';
import { type Gfn, PG_LEVEL_1G, PG_LEVEL_2M, region_of } from '../model/gfn.ts';
import { RUNNING } from '../model/guest/run-vcpu.ts';
import type { Kernel } from '../model/kernel.ts';
import { places_2M, showPlace } from './entries.ts';

/** The claims of usefulness that a scope names: no harm is done where they fail, but work. */
export function usefulness(kvm: Kernel, named: readonly string[]): readonly Claim[] {
  return [
    ...(named.includes('U1') ? [huge_pages_stay_huge(kvm)] : []),
    ...(named.includes('U2') ? [slow_path_is_rare(kvm)] : []),
  ];
}

function huge_pages_stay_huge(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'U1',
      sentence:
        'When all vCPUs have finished, a region that was accepted at 2M and never at 4K is ' +
        'mapped by a 2M leaf.',
      source: 'domain.md 8.3 U1',
      blindSpot: 'Regions that the host has zapped or converted: it is for scopes without that.',
    },
    places_2M(kvm),
    function* ({ gfn, level }) {
      if ((yield* inside(RUNNING)) > 0) return 'vacuous';
      const region = region_of(kvm.geometry, gfn);
      const only_2M = every([
        kvm.ghost.accepted_at_2M.at(region).is(true),
        kvm.ghost.accepted_at_4K.at(region).is(false),
      ]);
      if (!(yield* holds(only_2M))) return 'vacuous';
      return yield* holds(mirror_sptep(kvm, gfn, level).is('leaf'));
    },
    showPlace,
  );
}

function slow_path_is_rare(kvm: Kernel): Claim {
  const words = [...places_2M(kvm), { gfn: 0 as Gfn, level: PG_LEVEL_1G }];
  return invariant(
    {
      id: 'U2',
      sentence:
        'Accept steps take the write lock for one word at most as often as there are vCPUs, ' +
        'not counting locks that are taken again after a DROP.',
      source: 'domain.md 8.3 U2',
      blindSpot: 'Whether a lock was taken in vain. It says nothing where allocations fail.',
    },
    words,
    function* ({ gfn, level }) {
      const steps =
        level === PG_LEVEL_2M
          ? kvm.ghost.accept_steps_2M.at(region_of(kvm.geometry, gfn))
          : kvm.ghost.accept_steps_1G;
      return yield* steps.test((count) => count <= kvm.vcpus.length);
    },
    ({ gfn, level }) => `the ${level === PG_LEVEL_2M ? '2M' : '1G'} word of gfn ${gfn}`,
  );
}
