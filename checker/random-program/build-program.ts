import { assertionClaim } from '../language/claim.ts';
import { modelled } from '../language/modelled.ts';
import { Shared } from '../language/shared.ts';
import { type System, thread } from '../language/system.ts';
import type { Scalar } from '../language/value.ts';
import { erase, type Variable } from '../language/variable.ts';
import { buildClaim } from './build-claim.ts';
import type { Block, Program } from './program.ts';
import { type Env, runBlock } from './run-block.ts';
import { NAMED, pick, type RandomFunction, type World } from './world.ts';

/** How many readers a lock may have: more than three threads can ever be at a depth of two. */
const READERS_MAX = 12;

/** Makes a system of a program. Each call makes new variables and functions. */
export function buildProgram(program: Program): System {
  const shared = new Shared();
  const world: World = {
    variables: program.variables.map(({ size, initial }, i) => declare(shared, i, size, initial)),
    ghost: shared.integer('ghost', { min: 0, max: 2 }, { ghost: true }),
    locks: program.locks.map((kind, i) =>
      kind === 'mutex'
        ? shared.mutex(`lock${i}`)
        : shared.rwLock(`lock${i}`, { readers: READERS_MAX }),
    ),
    functions: [],
  };
  for (let i = 0; i < program.fillers; i++) shared.integer(`filler${i}`, { min: 0, max: 1023 });
  const functions = world.functions as RandomFunction[];
  program.functions.forEach((block, i) => {
    functions.push(define(world, `f${i}`, i, block));
  });
  const mains = program.mains.map((block, i) => define(world, `main${i}`, -1, block));
  return {
    shared,
    threads: program.threads.map(({ main, argument }, i) =>
      thread(`t${i}`, 'random', pick(mains, main), argument, pick(world.variables, i)),
    ),
    claims: [
      ...program.claims.map((spec, i) => buildClaim(world, spec, `${spec.kind}${i}`)),
      assertionClaim({ id: NAMED, sentence: 'named assertions hold' }),
    ],
  };
}

function declare(shared: Shared, i: number, size: number, initial: number): Variable<Scalar> {
  const name = `v${i}`;
  switch (size) {
    case 2:
      return erase(shared.boolean(name, initial % 2 === 1));
    case 4:
      return erase(shared.oneOf(name, ['a', 'b', 'c', 'd'], pick(['a', 'b', 'c', 'd'], initial)));
    default:
      return erase(shared.integer(name, { min: 0, max: size - 1, initial: initial % size }));
  }
}

function define(world: World, name: string, self: number, block: Block): RandomFunction {
  return modelled(name, function* (argument: number, variable: Variable<Scalar>) {
    const variables = [...world.variables, variable];
    const env: Env = { last: argument, argument, self, variables, held: [] };
    yield* runBlock(world, env, block);
    return env.last % 3;
  });
}
