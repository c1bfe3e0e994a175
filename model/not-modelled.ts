/** What the model leaves out, printed with each verdict. The reasons are in docs/fidelity.md. */
export const not_modelled: readonly string[] = [
  'shared mappings; conversions of more than one 2M region, and several at a time',
  'counts in disallow_lpage',
  'more than one memslot; conversions of memory whose slot is deleted',
  'who holds the locks of the TDX module: it is busy where a scope lets it; zero-step mitigation',
  'TD build: pages added before the TD runs',
  'folios smaller than the region, and folios that change their size',
  'weak memory: each step is sequentially consistent',
];
