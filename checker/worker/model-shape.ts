import * as v from 'valibot';
import { ParameterError, parseParameter, showParameterValue } from '../language/parameter.ts';

const text = v.string();
const whole = v.pipe(v.number(), v.integer('expected a whole number'));
const list = v.array(text);
const callable = v.function();

const parameter = v.variant('kind', [
  v.object({ kind: v.literal('integer'), help: text, default: whole, min: whole, max: whole }),
  v.object({
    kind: v.literal('word'),
    help: text,
    default: text,
    words: list,
    about: v.record(text, text),
    aliases: v.record(text, text),
  }),
  v.object({ kind: v.literal('words'), help: text, default: list, words: list }),
]);

const rows = v.optional(
  v.array(
    v.object({
      name: text,
      summary: text,
      given: v.record(text, v.unknown()),
      smallest: v.record(text, v.unknown()),
      fails: list,
    }),
  ),
);

const shape = v.object({
  name: v.pipe(text, v.regex(/^[a-z0-9][a-z0-9-]*$/, 'expected small letters, digits and dashes')),
  version: text,
  summary: text,
  parameters: v.record(
    // A name becomes a flag, and `noX` would become the negation of `--x`.
    v.pipe(text, v.regex(/^(?!no[A-Z])[a-z][A-Za-z0-9]*$/, 'expected a name in camelCase')),
    parameter,
  ),
  build: callable,
  scopes: v.optional(callable),
  scopesHelp: v.optional(text),
  notModelled: v.optional(list),
  shrinking: v.optional(
    v.object({
      threads: v.object({ parameter: text, name: text }),
      operations: v.array(v.object({ name: text, begins: callable, spends: list })),
      bounds: list,
      parameters: list,
    }),
  ),
  listStyle: v.optional(v.object({ wording: v.record(text, text), memoryOrder: text })),
  matrix: v.optional(v.object({ versions: rows, mutations: rows })),
  presentation: v.optional(callable),
  notClaimed: v.optional(callable),
  explained: v.optional(
    v.object({ functions: list, scopes: v.array(v.record(text, v.unknown())) }),
  ),
  thread: v.optional(
    v.array(
      v.object({
        text,
        who: text,
        when: text,
        where: text,
        messageId: v.optional(text),
        testedBy: v.pipe(list, v.nonEmpty('expected ids of claims')),
      }),
    ),
  ),
  canary: v.optional(
    v.object({ summary: text, scope: v.record(text, v.unknown()), caughtBy: list }),
  ),
  waivers: v.optional(callable),
  excerpt: v.optional(callable),
});

/** What keeps `value` from being a model, in one line; nothing if it is one. */
export function modelFault(value: unknown): string | undefined {
  if (value === undefined) {
    return 'has no default export; expected `export default defineModel({ ... })`';
  }
  const checked = v.safeParse(shape, value);
  if (!checked.success) return issueText(checked.issues[0]);
  for (const [name, one] of Object.entries(checked.output.parameters)) {
    try {
      parseParameter(name, one, showParameterValue(one.default));
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error;
      return `default export, parameters.${name}.default: ${error.message}`;
    }
  }
  return undefined;
}

function issueText(issue: v.InferIssue<typeof shape>): string {
  const path = v.getDotPath(issue);
  const place = path === null ? 'default export' : `default export, ${path}`;
  if (issue.received === 'undefined') return `${place}: is missing`;
  const expected = issue.kind === 'validation' ? issue.message : `expected ${issue.expected}`;
  return `${place}: ${expected}, received ${issue.received ?? 'something else'}`;
}
