// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code
import type { PlantedBug } from './planted-bug-table.ts';

const AGREEMENT = 'compiled/explore-compiled.slow.test.ts';
const TWINS = 'compiled/symmetric-search.slow.test.ts';

type CompiledBug = Omit<PlantedBug, 'test'>;

const inEngine: readonly CompiledBug[] = [
  {
    name: 'a step from the table writes nothing',
    file: 'codegen/step-tables.ts',
    find: 'flips[variable.word]! ^= BigInt(v ^ to) << BigInt(variable.shift);',
    replace: '',
    lie: 'Threads move on, and what they wrote is lost.',
  },
  {
    name: 'steps that claims judge are taken from the table',
    file: 'codegen/step-tables.ts',
    find: 'return !interior && !watched && !this.settling.hasPrograms(happenings);',
    replace: 'return !interior;',
    lie: 'Claims about steps and returns are never asked.',
  },
  {
    name: 'what happens on the way is not counted',
    file: 'codegen/step-tables.ts',
    find: 'if (edge.happenings !== 0) this.countsLists = true;',
    replace: '',
    lie: 'A claim that was judged counts as never judged.',
  },
  {
    name: 'compiled returns are judged again',
    file: 'codegen/step-functions.ts',
    find: 'happenings === 0 ? NOTHING : changeGlobal(eventsEnd, -4),',
    replace: 'NOTHING,',
    lie: 'What returned in one step is judged in the state after another.',
  },
  {
    name: 'a compiled fill keeps old bits',
    file: 'codegen/step-functions.ts',
    find: 'i64.or(i64.and(get(local), i64.const(kept)), i64.const(value))',
    replace: 'i64.or(get(local), i64.const(value))',
    lie: 'A fill cannot clear a bit.',
  },
  {
    name: 'a compiled fill escapes the claims about steps',
    file: 'codegen/step-functions.ts',
    find: 'isWatched ? changeGlobal(generator.watched, 1) : NOTHING,',
    replace: 'NOTHING,',
    lie: 'A forbidden change goes unseen if a fill makes it.',
  },
  {
    name: 'a compiled test takes the wrong edge',
    file: 'codegen/step-functions.ts',
    find: '() => this.follow(edges + 1),',
    replace: '() => this.follow(edges),',
    lie: 'Code behind a test runs whatever the test says.',
  },
  {
    name: 'changes are judged backwards',
    file: 'codegen/settling.ts',
    find: 'i32.add(i32.mul(get(old), i32.const(allowed.length)), get(next))',
    replace: 'i32.add(i32.mul(get(next), i32.const(allowed.length)), get(old))',
    lie: 'A claim that lets a bit be set lets it be cleared instead.',
  },
  {
    name: 'the compiled memo answers for other valuations',
    file: 'codegen/judging.ts',
    find: 'f.if(i32.or(isEmpty, isOther), () =>',
    replace: 'f.if(isEmpty, () =>',
    lie: 'An invariant is judged by the values of another state.',
  },
  {
    name: 'the compiled memo never asks for the threads',
    file: 'codegen/judging.ts',
    find: '() => raise(SOME_OPEN),',
    replace: '() => [],',
    lie: 'An invariant about who is inside always holds.',
  },
  {
    name: 'half of the values go the way of the other half',
    file: 'codegen/dispatch.ts',
    find: 'half(middle, caseOf.slice(middle)),',
    replace: 'half(0, caseOf.slice(0, middle)),',
    lie: 'A big domain is treated as if it were a small one.',
  },
  {
    name: 'equal fingerprints are equal states',
    file: 'codegen/visited-set.ts',
    find: 'f.brIf(found, i32.eqz(generator.differs(words, known))),',
    replace: 'f.br(found),',
    lie: 'A hash stands for a state, and some states are never seen.',
  },
  {
    name: 'what the other one reads may be written',
    file: 'codegen/edge-lean.ts',
    find: 'i64.and(get(low.writes), get(high.touches)),',
    replace: 'i64.const(0n),',
    lie: 'Steps count as independent that are not, and states are never seen.',
  },
  {
    name: 'an atomic block touches what its first operation does',
    file: 'automaton/footprint.ts',
    find: 'if (nodes[target]!.interior) seen.add(target);',
    replace: '{}',
    lie: 'Blocks count as independent that are not, and states are never seen.',
  },
  {
    name: 'waiting is not reading',
    file: 'automaton/footprint.ts',
    find: 'if (results.length > 1 || next.some((to) => to < 0)) reads.add(variable);',
    replace: 'if (results.length > 1) reads.add(variable);',
    lie: 'A step and the one that lets it happen count as independent.',
  },
  {
    name: 'either of two ways is the other one',
    file: 'codegen/edge-lean.ts',
    find: '? spare(t, u, get(isIndependent))',
    replace: '? [spare(t, u, get(isIndependent)), spare(u, t, get(isIndependent))]',
    lie: 'Both edges into a state are left out.',
  },
  {
    name: 'steps that need no lookup are no steps',
    file: 'codegen/step-tables.ts',
    find: 'set(stepped, i32.add(get(stepped), advance)),',
    replace: 'set(stepped, i32.add(get(stepped), redundant ? i32.const(0) : advance)),',
    lie: 'Transitions are missing in the count, and a deadlock is reported where there is none.',
  },
  {
    name: 'states are told apart by what they carry',
    file: 'codegen/generator.ts',
    find: 'i64.ne(i64.and(i64.xor(get(word), stored), i64.const(bits.kept)), i64.const(0n))',
    replace: 'i64.ne(get(word), stored)',
    lie: 'One state is counted as two.',
  },
  {
    name: 'what was not expanded keeps its bits',
    file: 'compiled/explore-compiled.ts',
    find: 'shard?.functions.forget?.(partition, from, shard.count(partition));',
    replace: 'shard?.count(from);',
    lie: 'The states that a violation is found in are others than those that are stored.',
  },
  {
    name: 'a good end counts as a compiled deadlock',
    file: 'codegen/expansion.ts',
    find: 'f.if(i32.eqz(StepTable.allFinished(generator, words)), () =>',
    replace: 'f.if(i32.const(1), () =>',
    lie: 'A program that ends is reported as one that hangs.',
  },
  {
    name: 'compiled code is deaf before the first operation',
    file: 'codegen/compile-search.ts',
    find: 'increment(generator.map.tallies + 8 * list),',
    replace: '',
    lie: 'Returns that come first of all do not count.',
  },
  {
    name: 'the way back forgets failing steps',
    file: 'codegen/tracing.ts',
    find: 'f.if(i32.or(getGlobal(isHit), failed(claim)), () =>',
    replace: 'f.if(getGlobal(isHit), () =>',
    lie: 'A violation is found whose schedule is not.',
  },
  {
    name: 'a helper judges all but its last states',
    file: 'compiled/part.ts',
    find: 'shard.functions.judge(partition, from, Math.min(end, from + BATCH_STATES));',
    replace: 'shard.functions.judge(partition, from, Math.min(end, from + BATCH_STATES) - 1);',
    lie: 'Some states are stored, and never held against a claim.',
  },
  {
    name: 'mail is forgotten at the end of a level',
    file: 'compiled/room.ts',
    find: '      this.readMail(read);\n      if (isLast) return;',
    replace: '      if (isLast) return;\n      this.readMail(read);',
    lie: 'States that were on their way to another worker are lost.',
  },
  {
    name: 'only the own failures are found',
    file: 'compiled/room.ts',
    find: 'for (let worker = 0; worker < workers; worker++) {\n      for',
    replace: 'for (let worker = 0; worker < 1; worker++) {\n      for',
    lie: 'A violation that another worker saw is not reported.',
  },
  {
    name: 'threads next to each other never meet',
    file: 'codegen/meetings.ts',
    find: '.slice(0, thread)',
    replace: '.slice(0, Math.max(0, thread - 1))',
    lie: 'The ledger misses races that were seen.',
  },
  {
    name: 'only the own meetings are found',
    file: 'compiled/shared-coverage.ts',
    find: 'seen.some((one) => one[pair] === 1)',
    replace: 'seen[0]![pair] === 1',
    lie: 'Races that only another worker saw are missing in the ledger.',
  },
  {
    name: 'a table of steps does not count',
    file: 'codegen/step-tables.ts',
    find: 'generator.coverage ? incrementAt(get(entry), map.stateBytes + 8) : [],',
    replace: '',
    lie: 'The ledger calls steps unreached that were taken.',
  },
];

const inSymmetry: readonly CompiledBug[] = [
  {
    name: 'a thread that trades places takes both',
    file: 'codegen/canonical.ts',
    find: 'set(next, select(get(key), get(next), get(isLess))),',
    replace: '',
    lie: 'Two threads become copies of one: states that never were, for some that are.',
  },
  {
    name: 'columns are put back on top of the old ones',
    file: 'codegen/canonical.ts',
    find: 'const others = i64.and(get(word), i64.const(kept));',
    replace: 'const others = get(word);',
    lie: 'A renamed state is no state of the system.',
  },
  {
    name: 'of threads that trade places the later one ranks higher',
    file: 'codegen/edge-lean.ts',
    find: 'bits.ranks[t] === bits.ranks[u]',
    replace: 'false',
    lie: 'Whose edge is left out depends on the place that a thread is sorted to; both may be.',
  },
  {
    name: 'values that name a thread are left as they are',
    file: 'codegen/canonical.ts',
    find: 'const renamed = isSame ? value : this.lookUp(f, value, map);',
    replace: 'const renamed = value;',
    lie: 'The thread that a shared value names is another one after renaming.',
  },
  {
    name: 'threads lose their names on the way back',
    file: 'compiled/represent.ts',
    find: 'threads: renaming.threads }',
    replace: 'threads: renaming.threads.map((_, i) => i) }',
    lie: 'A schedule says that one vCPU did what another one did, or switches more than it has to.',
  },
];

/** Mistakes in the compiled search, its workers and its use of symmetry. */
export const plantedCompiledBugs: readonly PlantedBug[] = [
  ...inEngine.map((bug) => ({ ...bug, test: AGREEMENT })),
  ...inSymmetry.map((bug) => ({ ...bug, test: TWINS })),
];
