import {
  type Claim,
  type ClaimText,
  invariant,
  type Judgement,
  onReturn,
  stepClaim,
  whileInside,
} from '../language/claim.ts';
import { every, holds, some } from '../language/condition.ts';
import type { Steps } from '../language/operation.ts';
import { inside } from '../language/position.ts';
import type { Check, ClaimSpec } from './program.ts';
import { conditionOf, MARK, pick, type World } from './world.ts';

/** Makes a claim of its data. */
export function buildClaim(world: World, spec: ClaimSpec, id: string): Claim {
  const text: ClaimText = { id, sentence: `the random claim ${id} holds` };
  switch (spec.kind) {
    case 'invariant':
      return invariant(
        text,
        spec.observers,
        function* ({ premise, check }) {
          if (premise !== undefined && !(yield* holds(conditionOf(world.variables, premise)))) {
            return 'vacuous';
          }
          return yield* judge(world, check);
        },
        ({ check }) => check.kind,
      );
    case 'step': {
      const variables = spec.variables.map((number) => pick(world.variables, number));
      const { domain } = pick(variables, 0);
      const [from, to] = [pick(domain, spec.from), pick(domain, spec.to)];
      return stepClaim(text, variables, (before, after) => before !== from || after !== to);
    }
    case 'return': {
      const callee = pick(world.functions, spec.callee);
      return onReturn(text, callee, function* ([argument], result) {
        if (result !== spec.result % 3) return argument === 0 ? 'vacuous' : true;
        return yield* judge(world, spec.check);
      });
    }
    case 'position':
      return whileInside<number>(text, MARK, function* (data) {
        return data === spec.data ? yield* judge(world, spec.check) : 'vacuous';
      });
  }
}

function* judge(world: World, check: Check): Steps<Judgement> {
  switch (check.kind) {
    case 'terms': {
      const terms = check.terms.map((term) => conditionOf(world.variables, term));
      return yield* holds(check.quantifier === 'every' ? every(terms) : some(terms));
    }
    case 'differ': {
      const [one, other] = [pick(world.variables, check.one), pick(world.variables, check.other)];
      if (one === other) return 'vacuous';
      return one.indexOf(yield* one.read()) !== other.indexOf(yield* other.read());
    }
    case 'ghost':
      return (yield* world.ghost.read()) !== check.unequal;
    case 'inside':
      return (yield* inside(MARK, check.data)) <= check.atMost;
    case 'free': {
      const lock = pick(world.locks, check.lock);
      return yield* holds('reader' in lock ? lock.hasNoWriter() : lock.isFree());
    }
  }
}
