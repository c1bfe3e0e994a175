import { type Claim, defineModel, type LivenessClaim, type Model } from '../checker/index.ts';
import { canary } from './canary.ts';
import { excerpt_of } from './excerpt.ts';
import { explained } from './explained.ts';
import type { Kernel } from './kernel.ts';
import { list_style } from './list-style.ts';
import { not_modelled } from './not-modelled.ts';
import { type KvmScope, parameters } from './parameters.ts';
import { presentation } from './presentation.ts';
import { liveness_scopes, scopes } from './scopes.ts';
import { shrinking } from './shrinking.ts';
import { build_td } from './td.ts';
import { version_of } from './versions/index.ts';
import { waivers_of } from './waivers.ts';

/** The model with the claims that `claims_of` makes about a TD of each scope. */
export function td_model(
  claims_of: (kvm: Kernel, scope: KvmScope) => readonly (Claim | LivenessClaim)[],
): Model<typeof parameters> {
  return defineModel({
    name: 'kvm-tdx-accept',
    version: '1',
    summary: 'KVM: TDX: split and inhibit huge mappings if an exit carries level info',
    parameters,
    scopes,
    livenessScopes: liveness_scopes,
    scopesHelp:
      'Naming one of --ops, --regions, --fanout, --host, --guest, --zaps, --conversions, ' +
      '--inject, --failures and --utility gives one scope, with the defaults above for the ' +
      'others, and so does --scenario, with what it implies. Otherwise the check ' +
      'covers the scopes of docs/scopes.md.',
    notModelled: not_modelled,
    listStyle: list_style,
    shrinking,
    presentation,
    notClaimed: ({ variant }) => version_of(variant).not_claimed,
    canary,
    explained,
    waivers: waivers_of,
    excerpt: excerpt_of,
    build: (shared, scope) => {
      const { kvm, threads } = build_td(shared, scope);
      return { threads, claims: claims_of(kvm, scope) };
    },
  });
}
