import { assert } from '../language/assert.ts';
import { atomic } from '../language/atomic.ts';
import { choose } from '../language/choose.ts';
import {
  type Claim,
  invariant,
  type Judgement,
  onReturn,
  stepClaim,
  whileInside,
} from '../language/claim.ts';
import { every, holds, some } from '../language/condition.ts';
import type { Mutex } from '../language/lock.ts';
import { type Modelled, modelled } from '../language/modelled.ts';
import type { Steps } from '../language/operation.ts';
import { during, inside } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { type System, thread } from '../language/system.ts';
import type { Variable } from '../language/variable.ts';
import type { Deed, Deeds, TwinClaim, TwinProgram } from './twin-program.ts';

interface World {
  readonly members: readonly number[];
  readonly flags: readonly Variable<boolean>[];
  readonly stages: readonly Variable<number>[];
  readonly owner: Variable<string>;
  readonly count: Variable<number>;
  readonly ghosts: readonly Variable<boolean>[];
  readonly mutex: Mutex;
  readonly enter: Modelled<[number], boolean>;
}

/** For tests: makes a system of a program. */
export function buildTwins({ threads, deeds, host, claims, twist }: TwinProgram): System {
  const shared = new Shared();
  const members = Array.from({ length: threads }, (_, i) => i);
  const owners = ['nobody', ...members.map((i) => `t${i}`)];
  const owner = shared.oneOf('owner', owners, twist === 'owner' ? 't0' : 'nobody');
  const world: World = {
    members,
    owner,
    flags: members.map((i) => shared.boolean(`flag[${i}]`, twist === 'flag' && i === 0)),
    stages: members.map((i) => shared.integer(`stage[${i}]`, { min: 0, max: 2 })),
    count: shared.integer('count', { min: 0, max: 2 }),
    ghosts: members.map((i) => shared.boolean(`ghost[${i}]`, false, { ghost: true })),
    mutex: shared.mutex('mutex'),
    enter: modelled('enter', function* (me: number) {
      return yield* owner.compareExchange('nobody', `t${me}`);
    }),
  };
  const member = modelled('member', function* (me: number) {
    if (twist === 'deed' && me === 0) yield* world.count.read();
    yield* run(world, deeds, me);
  });
  // The host acts as if it were the last thread where it needs a name.
  const visitor = modelled('visitor', () => run(world, host ?? [], threads - 1));
  return {
    shared,
    threads: [
      ...members.map((me) => thread(`t${me}`, 'member', member, me)),
      ...(host === undefined ? [] : [thread('host', 'host', visitor)]),
    ],
    claims: claims.map((spec, i) => claimOf(world, spec, `${spec.kind}${i}`)),
  };
}

function* run(world: World, deeds: Deeds, me: number): Steps<void> {
  for (const deed of deeds) yield* act(world, deed, me);
}

function* act(world: World, deed: Deed, me: number): Steps<void> {
  const { members, flags, owner } = world;
  switch (deed.kind) {
    case 'flag':
      yield* flags[me]!.update((set) => !set);
      return;
    case 'stage':
      yield* world.stages[me]!.update((stage) => (stage + 1) % 3);
      return;
    case 'own':
      yield* owner.write(`t${me}`);
      return;
    case 'leave':
      yield* owner.update((name) => (name === `t${me}` ? 'nobody' : name));
      return;
    case 'count':
      yield* world.count.modify((count) => (count + 1) % 3);
      return;
    case 'fail':
      yield* assert((yield* world.count.read()) < 2, 'counted to two');
      return;
    case 'ghost':
      yield* atomic(function* () {
        yield* flags[me]!.write(true);
        yield* world.ghosts[me]!.write(true);
      });
      return;
    case 'claimed':
      if (yield* world.enter(me)) yield* run(world, deed.body, me);
      return;
    case 'lock':
      yield* world.mutex.hold(() => run(world, deed.body, me));
      return;
    case 'zone':
      yield* during('zone', me, () => run(world, deed.body, me));
      return;
    case 'ifFlag':
      if (yield* flags[me]!.read()) yield* run(world, deed.body, me);
      return;
    case 'ifMine':
      if ((yield* owner.read()) === `t${me}`) yield* run(world, deed.body, me);
      return;
    case 'others': {
      const set = members.filter((i) => i !== me).map((i) => flags[i]!.is(true));
      const condition = deed.quantifier === 'every' ? every(set) : some(set);
      if (yield* holds(condition)) yield* run(world, deed.body, me);
      return;
    }
    case 'pick': {
      const victim = yield* choose(members);
      if (deed.what === 'flag') yield* flags[victim]!.write(false);
      else yield* owner.write(`t${victim}`);
      return;
    }
    case 'sweep':
      yield* atomic(function* () {
        for (const flag of flags) yield* flag.update((set) => !set);
      });
      return;
    case 'enter':
      yield* world.enter(me);
      return;
    case 'scan': {
      const scan = function* () {
        for (const flag of flags) if (yield* flag.read()) return true;
        return false;
      };
      if (deed.atomic ? yield* atomic(scan) : yield* scan()) yield* run(world, deed.body, me);
      return;
    }
    case 'favour':
      if (deed.what === 'flag') yield* flags[0]!.write(false);
      else yield* owner.write('t0');
  }
}

function claimOf(world: World, { kind, fair }: TwinClaim, id: string): Claim {
  const { members, flags, stages, owner, ghosts } = world;
  const text = { id, sentence: '' };
  const whom = fair ? members : [0];
  switch (kind) {
    case 'each':
      return invariant(text, whom, function* (i) {
        if (!(yield* flags[i]!.read())) return 'vacuous';
        return yield* stages[i]!.test((stage) => stage < 2);
      });
    case 'pair':
      return invariant(text, [0], function* (): Steps<Judgement> {
        const set: boolean[] = [];
        for (const flag of flags) set.push(yield* flag.read());
        return fair ? set.includes(false) : set[0]! || !set[1]!;
      });
    case 'inside':
      return invariant(text, [0], function* () {
        return (yield* inside('zone', fair ? undefined : 0)) <= 0;
      });
    case 'step':
      return stepClaim(
        text,
        whom.map((i) => flags[i]!),
        (_, after) => after,
      );
    case 'owner':
      return stepClaim(text, [owner], (_, after) => after !== (fair ? 'nobody' : 't0'));
    case 'return':
      return onReturn(text, world.enter, function* ([me], entered) {
        if (!entered || (!fair && me > 0)) return 'vacuous';
        return yield* flags[me]!.read();
      });
    case 'position':
      return whileInside(text, 'zone', function* (me: number) {
        return fair || me === 0 ? yield* flags[me]!.read() : 'vacuous';
      });
    case 'ghost':
      return invariant(text, whom, function* (i) {
        return !(yield* ghosts[i]!.read());
      });
  }
}
