import type { SymmetryUse } from '../engine/engine.ts';
import { ModelError } from '../language/model-error.ts';
import type { Prepared } from '../search/explore.ts';
import { findSymmetry, type Symmetry } from '../symmetry/symmetry.ts';

const NO_SYMMETRY: Symmetry = { classes: [], reasons: [] };

/**
 * The symmetry that a search may use.
 *
 * @throws ModelError if some is required and there is none
 */
export function usableSymmetry({ compiled }: Prepared, use: SymmetryUse): Symmetry {
  if (use === 'off') return NO_SYMMETRY;
  const symmetry = findSymmetry(compiled);
  if (use === 'required' && symmetry.classes.length === 0) {
    const why = symmetry.reasons[0] ?? 'there is one thread';
    throw new ModelError(`no two threads are interchangeable: ${why}`);
  }
  return symmetry;
}
