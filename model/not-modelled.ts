/** What the model leaves out, printed with each verdict. The reasons are in docs/fidelity.md. */
export const not_modelled: readonly string[] = [
  'shared mappings; conversions of more than one 2M region, and several at a time',
  'counts in disallow_lpage',
  'memslot deletion and re-creation; a gfn without a slot',
  'busy and interrupted SEAMCALLs, the kick-and-retry around them, zero-step mitigation',
  'interrupted 2M ACCEPTs, RELEASE, and guests with pending_ve_disable = 1',
  'TD build: pages added before the TD runs',
  'folios smaller than the region, and folios that change their size',
  'weak memory: each step is sequentially consistent',
];
