import { modelled, type Steps } from '../../checker/index.ts';
import type { Gfn } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Memslot } from '../memory.ts';

/** gfn_to_memslot() where the slot is never deleted. */
export const gfn_to_memslot_always = modelled(
  'gfn_to_memslot',
  function* (_kvm: Kernel, _gfn: Gfn, _label: string): Steps<Memslot> {
    return 'valid';
  },
);

/**
 * gfn_to_memslot(): a lookup in the current memslots, in a read section of `kvm->srcu` (domain.md
 * 1.3). Who finds a slot keeps it: words are accessed by way of it, whatever became of it since.
 *
 * @param label the step that looks up
 */
export const gfn_to_memslot = modelled(
  'gfn_to_memslot',
  function* (kvm: Kernel, _gfn: Gfn, label: string): Steps<Memslot> {
    return yield* kvm.memslot.read().at(label);
  },
);
