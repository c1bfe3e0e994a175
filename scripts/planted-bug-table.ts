// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code

/** A mistake that somebody could make in the engine. */
export interface PlantedBug {
  readonly name: string;
  /** Below `checker/`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Why the engine would lie with it. */
  readonly lie: string;
}

/** From the front of the engine to its back. Each has to be found on its own. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'writes are equal whatever they write',
    file: 'automaton/action-key.ts',
    find: '${action.next} ${action.outcome}',
    replace: '${action.outcome}',
    lie: 'Code that writes another value is taken for code that was seen before.',
  },
  {
    name: 'every loop starts over',
    file: 'automaton/link.ts',
    find: 'return after.next[node.index] as LinkedNode;',
    replace: 'return after.next[0] as LinkedNode;',
    lie: 'A loop goes on with its first state instead of the state that the turn ended with.',
  },
  {
    name: 'equal loops go on alike',
    file: 'automaton/link.ts',
    find: 'const key = `${node.heads.map((head) => head.id)}|${done.map((target) => target.id)}`;',
    replace: 'const key = `${node.heads.map((head) => head.id)}`;',
    lie: 'A function with a loop, called in two places, always returns to the first.',
  },
  {
    name: 'returns forget the arguments',
    file: 'automaton/link.ts',
    find: ' ${i} ${this.argumentsKey(summary)}`',
    replace: ' ${i}`',
    lie: 'A claim about returns is judged with the arguments of another call.',
  },
  {
    name: 'an atomic block does not end its step',
    file: 'automaton/resolve.ts',
    find: 'underWay: atomicDepth > 0 && context.underWay }',
    replace: 'underWay: context.underWay }',
    lie: 'The operation behind an atomic block is part of it: interleavings are lost.',
  },
  {
    name: 'the outermost stretch is left first',
    file: 'automaton/resolve.ts',
    find: 'positions.findLastIndex(',
    replace: 'positions.findIndex(',
    lie: 'Behind a nested stretch, claims see the thread inside of the wrong one.',
  },
  {
    name: 'fill leaves out ghosts that claims read',
    file: 'automaton/resolve.ts',
    find: '!ghost || ghosts.has(name));',
    replace: '!ghost);',
    lie: 'Claims read a ghost that misses some of the writes to it.',
  },
  {
    name: 'labels do not keep nodes apart',
    file: 'automaton/minimize.ts',
    find: 'return `${does}|${label}|${interior}',
    replace: 'return `${does}|${interior}',
    lie: 'A counterexample shows the label of other code.',
  },
  {
    name: 'the middle of a block is merged with code outside',
    file: 'automaton/minimize.ts',
    find: '|${label}|${interior}|',
    replace: '|${label}|',
    lie: 'A thread stops in the middle of an atomic block, or runs on where it may be stopped.',
  },
  {
    name: 'nodes are merged although a return lies behind one',
    file: 'automaton/minimize.ts',
    find: '|${JSON.stringify(events)}`',
    replace: '`',
    lie: 'Claims about returns are judged where nothing returned, or not where something did.',
  },
  {
    name: 'refinement stops before the last round',
    file: 'automaton/minimize.ts',
    find: 'if (refined.count === count) return classes;',
    replace: 'if (refined.count <= count + 1) return classes;',
    lie: 'Histories with different futures become one node.',
  },
  {
    name: 'field widths are rounded',
    file: 'search/layout.ts',
    find: 'Math.ceil(Math.log2(size))',
    replace: 'Math.round(Math.log2(size))',
    lie: 'Five values get two bits, and the fifth becomes the first.',
  },
  {
    name: 'fields overlap',
    file: 'search/layout.ts',
    find: 'bits >= width)',
    replace: 'bits >= width - 1)',
    lie: 'A field loses its top bit behind the end of a word: two states become one.',
  },
  {
    name: 'every and some are swapped',
    file: 'search/thread-code.ts',
    find: "Number(action.quantifier === 'every')",
    replace: "Number(action.quantifier === 'some')",
    lie: 'A guard of several terms opens where it should not.',
  },
  {
    name: 'fill clears the wrong bits',
    file: 'search/thread-code.ts',
    find: '~(mask << shift)',
    replace: '~mask',
    lie: 'Old bits stay in what is filled, and another variable is cleared.',
  },
  {
    name: 'fill escapes the claims about steps',
    file: 'search/thread-code.ts',
    find: 'cells.push(Number(this.watches.some((watch) => watch.variable === variable)));',
    replace: 'cells.push(0);',
    lie: 'A forbidden change goes unseen if a fill makes it.',
  },
  {
    name: 'each operation is judged as a step',
    file: 'search/thread-code.ts',
    find: 'const wholeStep = !interior && !nodes[target]!.interior;',
    replace: 'const wholeStep = true;',
    lie: 'A claim about steps is asked about the parts of an atomic block, not about the whole.',
  },
  {
    name: 'flipped bits stay flipped',
    file: 'search/expander.ts',
    find: '        this.work[base + word]! ^= flip;\n',
    replace: '',
    lie: 'The next thread starts from a state that one before it has changed.',
  },
  {
    name: 'a wait does not wait',
    file: 'search/expander.ts',
    find: 'else if (result === 1) this.follow(',
    replace: 'else this.follow(',
    lie: 'A guard that is shut lets threads through.',
  },
  {
    name: 'a thread that waits counts as finished',
    file: 'search/expander.ts',
    find: 'case TEST: {\n        this.finished = false;',
    replace: 'case TEST: {',
    lie: 'A deadlock is reported as a good end.',
  },
  {
    name: 'a failed assertion is no transition',
    file: 'search/expander.ts',
    find: '        this.transitions++;\n        this.suspect(',
    replace: '        this.suspect(',
    lie: 'A state whose only step is a failed assertion is reported as a deadlock.',
  },
  {
    name: 'choices pile up',
    file: 'search/expander.ts',
    find: '          if (this.keepChoices) this.path.pop();\n',
    replace: '',
    lie: 'A schedule names choices that nobody made, and cannot be replayed.',
  },
  {
    name: 'a write is forgotten in the middle of a block',
    file: 'search/expander.ts',
    find: '[target]!, deeper, watched);',
    replace: '[target]!, deeper, false);',
    lie: 'A claim about steps misses what an atomic block wrote before its last operation.',
  },
  {
    name: 'returns are judged again',
    file: 'search/expander.ts',
    find: '    this.happenings = before;\n',
    replace: '',
    lie: 'What returned in one step is judged in the state after another.',
  },
  {
    name: 'states are compared by their first word',
    file: 'search/slice.ts',
    find: 'if (i === wordCount) break;',
    replace: 'if (i > 0) break;',
    lie: 'A new state is taken for one that was visited.',
  },
  {
    name: 'the last state falls out of a growing index',
    file: 'search/slice.ts',
    find: 'position < count; position++) {\n      let cell = hashState(log,',
    replace: 'position < count - 1; position++) {\n      let cell = hashState(log,',
    lie: 'A visited state is visited again: counts are wrong, and a search may never end.',
  },
  {
    name: 'waiting states miss the end of the level',
    file: 'search/state-store.ts',
    find: 'slice = 0; slice < SLICE_COUNT; slice++) this.flush',
    replace: 'slice = 1; slice < SLICE_COUNT; slice++) this.flush',
    lie: 'Reachable states are never looked at.',
  },
  {
    name: 'the memo forgets part of what invariants read',
    file: 'search/state-judge.ts',
    find: 'masks[word]! |= mask << shift;',
    replace: 'masks[word]! = mask << shift;',
    lie: 'An invariant is judged by the values of another state.',
  },
  {
    name: 'the memo answers for other threads',
    file: 'search/decision-code.ts',
    find: '          if (!mayCount) return NEEDS_THREADS;\n',
    replace: '',
    lie: 'An invariant that asks who is inside is answered for a state with others inside.',
  },
  {
    name: 'only the first thread is inside',
    file: 'search/state-judge.ts',
    find: 'thread < threadFields.length',
    replace: 'thread < 1',
    lie: 'A claim about a stretch says nothing of the other threads.',
  },
  {
    name: 'returns are judged a state too early',
    file: 'search/step-judge.ts',
    find: 'this.judgeHappenings(suspect.happenings, after, to)',
    replace: 'this.judgeHappenings(suspect.happenings, before, from)',
    lie: 'A claim about a return reads memory as it was before the step that returns.',
  },
  {
    name: 'neighbours of a change are judged',
    file: 'search/step-judge.ts',
    find: '        if (((changed >>> shift) & mask) === 0) continue;\n',
    replace: '',
    lie: 'A claim about steps is held against a variable that nobody wrote.',
  },
  {
    name: 'a good end counts as a deadlock',
    file: 'search/explore.ts',
    find: 'expander.transitions === 0 && !expander.finished',
    replace: 'expander.transitions === 0',
    lie: 'A program that ends is reported as one that hangs.',
  },
  {
    name: 'what happens before the first operation is lost',
    file: 'search/explore.ts',
    find: `    this.expander.tally(happenings);
    this.fail(this.stepJudge.judgeHappenings(happenings, initial, 0), 0);
`,
    replace: '',
    lie: 'A claim about returns misses those that come first of all.',
  },
  {
    name: 'switches are not counted',
    file: 'search/layer.ts',
    find: 'cost + Number(next !== thread)',
    replace: 'cost',
    lie: 'A counterexample jumps between threads more than it has to.',
  },
  {
    name: 'a schedule is read from the wrong state',
    file: 'search/shortest-schedule.ts',
    find: 'expander.successors.slice(0, count * wordCount)',
    replace: 'expander.successors',
    lie: 'The schedule of a deadlock leads somewhere else.',
  },
  {
    name: 'only the last return of a block is judged',
    file: 'search/happenings.ts',
    find: 'programs: [...one.programs, ...other.programs],',
    replace: 'programs: other.programs,',
    lie: 'A claim about returns misses all but one of those in an atomic block.',
  },
  {
    name: 'a thread inside twice counts twice',
    file: 'search/state-judge.ts',
    find: `Number(
            positions.some(
              ({ mark, data }) => mark === inside.mark && matchesData(inside.data, data),
            ),
          ),`,
    replace: `positions.filter(
            ({ mark, data }) => mark === inside.mark && matchesData(inside.data, data),
          ).length,`,
    lie: 'A thread in two nested stretches of one mark is alone and not alone.',
  },
];
