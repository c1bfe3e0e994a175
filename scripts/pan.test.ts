import { expect, test } from 'vitest';
import { cycleCommands, panCommands, parseCycle, parsePan } from './pan.ts';

const OUTPUT = `pan:1: assertion violated 0 (at depth 392)
pan:36: invalid end state (at depth 430)

(Spin Version 6.5.2 -- 6 December 2019)

Full statespace search for:
	never claim         	- (none specified)
	assertion violations	+
	invalid end states	+

State-vector 28 byte, depth reached 1529, errors: 70
     6440 states, stored
     5321 states, matched
    11761 transitions (= stored+matched)
        0 atomic steps
    0.344	equivalent memory usage for states (stored*(State-vector + overhead))
`;

test('counts and failures are read from what pan prints', () => {
  const counts = { states: 6440, transitions: 11_761 };
  const failures = { assertion: true, deadlock: true, claim: false };
  expect(parsePan(OUTPUT)).toEqual({ ...counts, ...failures });
  const clean = OUTPUT.replace(/^pan:.*\n/gm, '');
  expect(parsePan(clean)).toMatchObject({ assertion: false, deadlock: false, claim: false });
  const failed = `pan:1: end state in claim reached (at depth 573)\n${clean}`;
  expect(parsePan(failed)).toMatchObject({ assertion: false, deadlock: false, claim: true });
});

test('big numbers are rounded, as pan rounds them', () => {
  const output = OUTPUT.replace('    11761 transitions', '1.2345678e+08 transitions');
  expect(parsePan(output)).toMatchObject({ states: 6440, transitions: 123_456_780 });
});

test('a search that was cut short, or never ran, has no counts', () => {
  expect(() => parsePan(`error: max search depth too small\n${OUTPUT}`)).toThrow(
    'pan did not search everything',
  );
  expect(() => parsePan('')).toThrow('pan did not print');
});

test('claims are another model for SPIN, and other questions for pan', () => {
  const [spin, gcc, pan] = panCommands({ statesMax: 100 }).map((words) => words.join(' '));
  expect(spin).toBe('spin -a -o1 -o2 -o3 model.pml');
  expect(gcc).toBe('gcc -O0 -DSAFETY -DNOREDUCE -o pan pan.c');
  expect(pan).toBe('./pan -c0 -w20 -m210');
  const claims = panCommands({ statesMax: 100, claims: true }).map((words) => words.join(' '));
  expect(claims).toEqual([
    'spin -DCLAIM=claims -a -o1 -o2 -o3 model.pml',
    gcc,
    './pan -A -w20 -m210',
  ]);
});

test('a cycle is read from what pan prints, and nothing else is taken for one', () => {
  const clean = OUTPUT.replace(/^pan:.*\n/gm, '');
  expect(parseCycle(clean)).toBe(false);
  expect(parseCycle(`pan:1: acceptance cycle (at depth 32)\n${clean}`)).toBe(true);
  expect(() => parseCycle(OUTPUT)).toThrow('pan found something else: assertion violated');
  expect(() => parseCycle(`error: max search depth too small\n${clean}`)).toThrow(
    'pan did not search everything',
  );
});

test('a run that ends is no cycle, and weak fairness is a flag of pan', () => {
  const { build, none, weak } = cycleCommands('LIVE_c_L1');
  expect(build.map((words) => words.join(' '))).toEqual([
    'spin -DLIVE_c_L1 -a -o1 -o2 -o3 model.pml',
    'gcc -O0 -DNOREDUCE -DNOSTUTTER -o pan pan.c',
  ]);
  expect(weak.filter((flag) => flag !== '-f')).toEqual(none);
  expect(weak).toContain('-f');
});
