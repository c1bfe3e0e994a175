import { choose, done, loop, modelled, next, type Steps } from '../../checker/index.ts';
import type { Geometry, Gfn } from '../gfn.ts';
import { every_2M_range, every_4K_range } from '../gfn-range.ts';
import type { GfnRange, Kernel } from '../kernel.ts';
import type { MemoryAttribute } from '../memory.ts';

/** How often the VMM may still do what it does. */
export type Plans = {
  readonly holes: number;
  readonly conversions: number;
  /** What comes next for the memslot; 'leave' if nothing. */
  readonly memslot: 'delete' | 'create' | 'leave';
};

type VmmTurn =
  | { readonly does: 'punch hole'; readonly gfn: Gfn }
  | { readonly does: 'delete slot' }
  | { readonly does: 'create slot' }
  | { readonly does: 'convert'; readonly range: GfnRange; readonly to: MemoryAttribute };

/** The VMM: does one thing after the other, each anywhere and at any time. */
export const run_vmm = modelled('run_vmm', function* (kvm: Kernel, plans: Plans): Steps<undefined> {
  return yield* loop(plans, function* (left) {
    const turns = every_turn(kvm.geometry, left);
    if (turns.length === 0) return done(undefined);
    const turn = yield* choose(turns, show_turn);
    switch (turn.does) {
      case 'punch hole':
        yield* kvm.kvm_gmem_punch_hole(kvm, turn.gfn);
        return next({ ...left, holes: left.holes - 1 });
      case 'convert':
        yield* kvm.kvm_vm_set_mem_attributes(kvm, turn.range, turn.to);
        return next({ ...left, conversions: left.conversions - 1 });
      case 'delete slot':
        yield* kvm.kvm_delete_memslot(kvm);
        return next({ ...left, memslot: 'create' });
      case 'create slot':
        yield* kvm.kvm_create_memslot(kvm);
        return next({ ...left, memslot: 'leave' });
    }
  });
});

/** A turn as reports write it. */
function show_turn(turn: VmmTurn): string {
  if (turn.does === 'punch hole') return `punch hole at gfn ${turn.gfn}`;
  if (turn.does !== 'convert') return turn.does;
  const { start, end } = turn.range;
  const gfns = end === start + 1 ? `gfn ${start}` : `gfns ${start} to ${end - 1}`;
  return `make ${gfns} ${turn.to}`;
}

function every_turn(geometry: Geometry, left: Plans): readonly VmmTurn[] {
  const { holes, conversions, memslot } = left;
  return [
    ...(holes > 0 ? every_hole(geometry) : []),
    ...(conversions > 0 ? every_conversion(geometry) : []),
    ...(memslot === 'delete' ? [{ does: 'delete slot' } as const] : []),
    ...(memslot === 'create' ? [{ does: 'create slot' } as const] : []),
  ];
}

function every_hole(geometry: Geometry): readonly VmmTurn[] {
  return every_2M_range(geometry).map(({ start }) => ({ does: 'punch hole', gfn: start }));
}

function every_conversion(geometry: Geometry): readonly VmmTurn[] {
  const ranges = [...every_4K_range(geometry), ...every_2M_range(geometry)];
  return ranges.flatMap((range): readonly VmmTurn[] => [
    { does: 'convert', range, to: 'shared' },
    { does: 'convert', range, to: 'private' },
  ]);
}
