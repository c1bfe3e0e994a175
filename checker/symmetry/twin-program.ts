import fc from 'fast-check';

/**
 * For tests: what several threads do, as data. `me` stands for the thread that runs it; most of it
 * treats all threads alike, and some of it does not.
 */
export type Deed =
  | { readonly kind: 'flag' | 'stage' | 'own' | 'count' | 'leave' | 'fail' | 'ghost' }
  | { readonly kind: 'claimed' | 'lock' | 'zone' | 'ifFlag' | 'ifMine'; readonly body: Deeds }
  | { readonly kind: 'others'; readonly quantifier: 'every' | 'some'; readonly body: Deeds }
  /** Chooses a thread and does something to it. */
  | { readonly kind: 'pick'; readonly what: 'flag' | 'owner' }
  /** Sets the flags of all, one after the other but at once. */
  | { readonly kind: 'sweep' | 'enter' }
  /** Looks at the flags of all, one after the other; at once or not. */
  | { readonly kind: 'scan'; readonly atomic: boolean; readonly body: Deeds }
  /** Names thread 0. */
  | { readonly kind: 'favour'; readonly what: 'flag' | 'owner' };

export type Deeds = readonly Deed[];

export interface TwinClaim {
  readonly kind: 'each' | 'pair' | 'inside' | 'step' | 'owner' | 'return' | 'position' | 'ghost';
  /** Whether it says the same of all threads. */
  readonly fair: boolean;
}

export interface TwinProgram {
  readonly threads: number;
  readonly deeds: Deeds;
  readonly host: Deeds | undefined;
  readonly claims: readonly TwinClaim[];
  readonly twist: 'flag' | 'owner' | 'deed' | undefined;
}

const leaf: readonly fc.WeightedArbitrary<Deed>[] = [
  one(3, { kind: fc.constantFrom('flag', 'stage', 'own', 'count', 'leave') }),
  one(1, { kind: fc.constantFrom('fail', 'ghost', 'sweep') }),
  one(2, { kind: fc.constant('enter') }),
  one(2, { kind: fc.constant('pick'), what: fc.constantFrom('flag', 'owner') }),
];

const favour = one(1, { kind: fc.constant('favour'), what: fc.constantFrom('flag', 'owner') });

function deeds(min: number, max: number, depth: number, unfair: boolean): fc.Arbitrary<Deeds> {
  const body = () => deeds(1, 2, depth - 1, unfair);
  const nested: readonly fc.WeightedArbitrary<Deed>[] =
    depth === 0
      ? []
      : [
          one(5, {
            kind: fc.constantFrom('claimed', 'lock', 'zone', 'ifFlag', 'ifMine'),
            body: body(),
          }),
          one(2, {
            kind: fc.constant('others'),
            quantifier: fc.constantFrom('every', 'some'),
            body: body(),
          }),
          ...(unfair
            ? [one(2, { kind: fc.constant('scan'), atomic: fc.boolean(), body: body() })]
            : []),
        ];
  const deed = fc.oneof({ maxDepth: 9 }, ...leaf, ...nested, ...(unfair ? [favour] : []));
  return fc.array(deed, { minLength: min, maxLength: max });
}

function one(weight: number, parts: object): fc.WeightedArbitrary<Deed> {
  return { weight, arbitrary: fc.record(parts as never) as fc.Arbitrary<Deed> };
}

const often = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);

/** Programs of which about half are symmetric. */
export const twinArbitrary: fc.Arbitrary<TwinProgram> = fc.boolean().chain((fair) =>
  fc.record({
    threads: fc.integer({ min: 2, max: 3 }),
    deeds: deeds(2, 3, 2, !fair),
    host: fc.option(deeds(1, 2, 1, !fair), { nil: undefined, freq: 1 }),
    claims: fc.array(
      fc.record({
        kind: fc.constantFrom(
          ...(['each', 'pair', 'inside', 'step', 'owner', 'return', 'position', 'ghost'] as const),
        ),
        fair: often,
      }),
      { minLength: 1, maxLength: 2 },
    ),
    twist: fc.option(fc.constantFrom('flag' as const, 'owner' as const, 'deed' as const), {
      nil: undefined,
      freq: 1,
    }),
  }),
);
