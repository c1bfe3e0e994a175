import type { LivenessClaim } from '../language/liveness-claim.ts';
import { type Scalar, showValue } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import type { Prepared } from '../search/explore.ts';
import { claimsText } from './promela-claims.ts';
import { comment } from './promela-comment.ts';
import { livenessText } from './promela-liveness.ts';
import { namesOf } from './promela-names.ts';
import { threadText } from './promela-thread.ts';

/** What keeps SPIN and pan from merging and leaving out states. */
export const SPIN_FLAGS = ['-a', '-o1', '-o2', '-o3'] as const;
export const GCC_FLAGS = ['-DSAFETY', '-DNOREDUCE'] as const;

/** What lets pan look for infinite runs, and take no run that ends for one. */
export const LIVENESS_GCC_FLAGS = ['-DNOREDUCE', '-DNOSTUTTER'] as const;

/**
 * The automata of a system in Promela. SPIN reaches exactly the states of our search, and counts
 * one transition more than we do: the initial state.
 *
 * @param title says in one line what is exported
 * @param liveness the claims over infinite runs that the system was compiled with
 * @throws ModelError if a step can go too many ways to be written down
 */
export function promelaOf(
  prepared: Prepared,
  title: string,
  liveness: readonly LivenessClaim[] = [],
): string {
  const names = namesOf(prepared);
  const { variables } = prepared.layout;
  const { threads } = prepared.compiled.system;
  const blocks = [
    [...header(title), ...(liveness.length === 0 ? [] : livenessHeader())],
    variables.map((variable) => declaration(variable, names.variables.get(variable)!)),
    ...threads.map((_, thread) => threadText(prepared, names, thread)),
    livenessText(prepared, names, liveness),
    claimsText(prepared, names),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function header(title: string): readonly string[] {
  return [
    comment(title),
    '/*',
    ' * To count, in a file model.pml:',
    ` *   spin ${SPIN_FLAGS.join(' ')} model.pml`,
    ` *   gcc -O2 ${GCC_FLAGS.join(' ')} -o pan pan.c`,
    ' *   ./pan -A -E -w24 -m1000000        (more where pan says: max search depth too small)',
    ' * "states, stored" are the states of kvm-interleave, with --keep-going if a claim fails.',
    ' * "transitions" is one more: SPIN counts the initial state. All processes are active in it,',
    ' * and none ends, so that neither is a step. The flags -o keep SPIN from merging states.',
    ' * Without -A -E, pan looks for assertions that fail and for deadlocks. If spin is given',
    ' * -DCLAIM=c_... or -DCLAIM=claims, pan -A looks for a state in which a claim fails.',
    ' */',
  ];
}

function livenessHeader(): readonly string[] {
  return [
    '/*',
    ' * To judge a claim over infinite runs:',
    ` *   spin -DLIVE_c_... ${SPIN_FLAGS.join(' ')} model.pml`,
    ` *   gcc -O2 ${LIVENESS_GCC_FLAGS.join(' ')} -o pan pan.c`,
    ' *   ./pan -a -f -w24 -m1000000',
    ' * An acceptance cycle breaks the claim. A run that ends is none, so SPIN must not stutter.',
    ' */',
  ];
}

/** Numbers are indices into the domain. */
function declaration({ domain, initial }: Variable<Scalar>, name: string): string {
  const type = domain.length <= 2 ? 'bit' : domain.length <= 256 ? 'byte' : 'short';
  const isItself = domain.every((value, index) => value === index);
  const values = domain.map((value, index) => `${index} = ${showValue(value)}`);
  const meaning = isItself ? '' : ` ${comment(values.join(', '))}`;
  return `${type} ${name} = ${initial};${meaning}`;
}
