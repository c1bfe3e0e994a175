import fc from 'fast-check';
import type { Block, Check, ClaimSpec, Program, Source, Statement, TermSpec } from './program.ts';

/** What may stand at some place of a program. */
interface Context {
  /** How many more blocks may stand inside each other. */
  readonly depth: number;
  /** Some lock is held that may be dropped. */
  readonly holding: boolean;
  /** Nothing here may wait. */
  readonly quiet: boolean;
  /** Behind the first operation of an atomic block. */
  readonly interior: boolean;
  readonly calls: boolean;
}

interface Weighted {
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<Statement>;
}

/** One arbitrary for each context: built afresh for each place they would be thousands. */
const statements = new Map<string, fc.Arbitrary<Statement>>();

const small = fc.nat(3);
const source: fc.Arbitrary<Source> = fc.oneof(
  fc.record({ from: fc.constant('constant' as const), value: small }),
  fc.record({ from: fc.constantFrom('last' as const, 'argument' as const) }),
);
const term: fc.Arbitrary<TermSpec> = fc.record({
  variable: small,
  value: small,
  equal: fc.boolean(),
});
/** Holds more often than not, which claims should. */
const unequal = term.map((spec) => ({ ...spec, equal: false }));
const terms = fc.array(term, { minLength: 1, maxLength: 3 });
const quantifier = fc.constantFrom('every' as const, 'some' as const);

/** Exactly one step or, for `modify`, two, whatever the state. */
const plainSteps: readonly Weighted[] = [
  weighted(6, {
    kind: fc.constantFrom('read', 'parity', 'update', 'update', 'update', 'fetchUpdate'),
    variable: small,
  }),
  weighted(3, { kind: fc.constant('write'), variable: small, value: source }),
  weighted(2, {
    kind: fc.constant('compareExchange'),
    variable: small,
    expected: small,
    desired: small,
  }),
  weighted(3, { kind: fc.constant('modify'), variable: small }),
  weighted(2, { kind: fc.constant('test'), quantifier, terms }),
  weighted(1, { kind: fc.constant('fill'), value: small, ghostToo: fc.boolean() }),
  weighted(1, { kind: fc.constant('choose'), options: fc.integer({ min: 1, max: 3 }) }),
];

const waits: readonly Weighted[] = [
  weighted(1, { kind: fc.constant('wait'), term }),
  weighted(1, { kind: fc.constant('await'), quantifier, terms }),
];

const structure: readonly Weighted[] = [
  weighted(1, {
    kind: fc.constant('assert'),
    unequal: fc.integer({ min: 0, max: 30 }),
    named: fc.boolean(),
  }),
  weighted(1, { kind: fc.constant('branch') }),
];

const mistakes = weighted(1, {
  kind: fc.constantFrom('throw', 'overflow'),
  equal: fc.integer({ min: 0, max: 25 }),
  variable: small,
});

/** Random programs: small, closed, and all but a few within the contract of the language. */
export const programArbitrary: fc.Arbitrary<Program> = fc.record({
  variables: fc.array(fc.record({ size: fc.integer({ min: 2, max: 4 }), initial: small }), {
    minLength: 2,
    maxLength: 3,
  }),
  fillers: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constant(3) },
  ),
  locks: fc.array(fc.constantFrom('mutex' as const, 'rw' as const), { minLength: 1, maxLength: 2 }),
  functions: fc.tuple(
    block({ depth: 1, holding: false, quiet: false, interior: false, calls: true }, 1, 3),
    block({ depth: 1, holding: false, quiet: false, interior: false, calls: true }, 1, 2),
    block({ depth: 1, holding: false, quiet: true, interior: false, calls: false }, 1, 2),
  ),
  mains: fc.array(
    block({ depth: 2, holding: false, quiet: false, interior: false, calls: true }, 2, 3),
    { minLength: 1, maxLength: 3 },
  ),
  threads: fc.oneof({ weight: 1, arbitrary: threads(2) }, { weight: 3, arbitrary: threads(3) }),
  claims: fc.array(claim(), { minLength: 1, maxLength: 3 }),
});

function threads(count: number): fc.Arbitrary<Program['threads']> {
  const one = fc.record({ main: small, argument: fc.nat(1) });
  return fc.array(one, { minLength: count, maxLength: count });
}

function block(context: Context, minLength: number, maxLength: number): fc.Arbitrary<Block> {
  return fc.array(statement(context), { minLength, maxLength });
}

function statement(context: Context): fc.Arbitrary<Statement> {
  const key = JSON.stringify(context);
  let known = statements.get(key);
  if (known === undefined) {
    known = fc.oneof({ maxDepth: 9 }, ...statementsIn(context));
    statements.set(key, known);
  }
  return known;
}

function statementsIn(context: Context): readonly Weighted[] {
  const { depth, holding, quiet, interior, calls } = context;
  const inner = { ...context, depth: depth - 1 };
  const body = () => block(inner, 1, 2);
  return [
    ...plainSteps,
    ...structure,
    ...(quiet ? [] : [...waits, mistakes]),
    ...(interior
      ? [weighted(3, { kind: fc.constant('ghost'), value: fc.option(small, { nil: undefined }) })]
      : []),
    ...(calls && quiet ? [quietCall()] : []),
    ...(calls && !quiet ? [weighted(4, call())] : []),
    ...(depth === 0 ? [] : blocks(inner, body, holding, quiet)),
  ];
}

function blocks(
  inner: Context,
  body: () => fc.Arbitrary<Block>,
  holding: boolean,
  quiet: boolean,
): readonly Weighted[] {
  const first = fc.oneof(...plainSteps);
  const within = { ...inner, quiet: true, interior: true, holding: false };
  const held = { ...inner, holding: true };
  const counted = weighted(2, loop(first, body(), fc.constant(undefined)));
  const shared = [
    weighted(4, {
      kind: fc.constant('during'),
      data: fc.option(fc.nat(2), { nil: undefined }),
      body: body(),
    }),
    weighted(3, { kind: fc.constant('if'), equal: fc.nat(2), yes: body(), no: body() }),
    counted,
    weighted(2, {
      kind: fc.constant('atomic'),
      first: quiet ? first : fc.oneof(...plainSteps, ...waits, hold(block(within, 1, 2))),
      rest: block(within, 1, 3),
    }),
  ];
  if (quiet) return shared;
  return [
    ...shared,
    weighted(2, loop(first, body(), fc.nat(2))),
    hold(block(held, 1, 3)),
    ...(holding
      ? [
          weighted(6, {
            kind: fc.constant('drop'),
            body: block({ ...inner, holding: false }, 0, 2),
          }),
        ]
      : []),
  ];
}

function loop(
  first: fc.Arbitrary<Statement>,
  body: fc.Arbitrary<Block>,
  exit: fc.Arbitrary<number | undefined>,
) {
  return {
    kind: fc.constant('loop' as const),
    states: fc.integer({ min: 1, max: 3 }),
    first,
    body,
    exit,
  };
}

function hold(body: fc.Arbitrary<Block>): Weighted {
  const side = fc.constantFrom('reader' as const, 'writer' as const);
  return weighted(8, { kind: fc.constant('hold'), lock: small, side, body });
}

function call() {
  return { kind: fc.constant('call' as const), callee: small, argument: source, variable: small };
}

function quietCall(): Weighted {
  return weighted(5, { kind: fc.constant('quietCall'), argument: source, variable: small });
}

function claim(): fc.Arbitrary<ClaimSpec> {
  const check: fc.Arbitrary<Check> = fc.oneof(
    fc.record({
      kind: fc.constant('terms' as const),
      quantifier,
      terms: fc.array(unequal, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant('differ' as const), one: small, other: small }),
    fc.record({ kind: fc.constant('ghost' as const), unequal: fc.nat(2) }),
    fc.record({
      kind: fc.constant('inside' as const),
      data: fc.option(fc.nat(2), { nil: undefined }),
      atMost: fc.integer({ min: 0, max: 2 }),
    }),
    fc.record({ kind: fc.constant('free' as const), lock: small }),
  );
  return fc.oneof(
    fc.record({
      kind: fc.constant('invariant' as const),
      observers: fc.array(fc.record({ premise: fc.option(term, { nil: undefined }), check }), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
    fc.record({
      kind: fc.constant('step' as const),
      variables: fc.array(small, { minLength: 1, maxLength: 2 }),
      from: small,
      to: small,
    }),
    fc.record({
      kind: fc.constant('return' as const),
      callee: fc.constantFrom(0, 1, 2, 2),
      result: small,
      check,
    }),
    fc.record({ kind: fc.constant('position' as const), data: fc.nat(2), check }),
  );
}

function weighted<S extends Statement>(
  weight: number,
  parts: { readonly [K in keyof S]: fc.Arbitrary<S[K]> },
): Weighted {
  return { weight, arbitrary: fc.record(parts) as unknown as fc.Arbitrary<Statement> };
}
