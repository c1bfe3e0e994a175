/** What the model leaves out, printed with each verdict. The reasons are in docs/fidelity.md. */
export const not_modelled: readonly string[] = [
  'shared mappings; conversions of more than one 2M region, and several at a time',
  'counts in disallow_lpage',
  'memslot deletion and re-creation; a gfn without a slot',
  'who holds the locks of the TDX module: it is busy where a scope lets it; zero-step mitigation',
  'TD build: pages added before the TD runs',
  'folios smaller than the region, and folios that change their size',
  'liveness: a livelock is not a violation of the claims checked here',
  'weak memory: each step is sequentially consistent',
];
