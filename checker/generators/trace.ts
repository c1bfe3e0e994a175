import type {
  InitialValue,
  Frame as TraceFrame,
  TraceOperation,
  TraceStep,
  ValueRead,
  ValueWritten,
} from '../check/result.ts';
import type { Access, Operation } from '../language/operation.ts';
import { DISABLED } from '../language/operation.ts';
import { type Site, siteOf } from '../language/site.ts';
import type { System } from '../language/system.ts';
import { type Scalar, showValue } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import type { Machine, Performed, Transition } from './machine.ts';
import { looks } from './operation-check.ts';
import { actionText } from './operation-text.ts';
import { type Layout, slotOf, type Valuation } from './perform.ts';
import type { FrameStart, Place } from './place.ts';

/** A step as people read it: without ghosts, which are no part of the code under check. */
export function traceStep(machine: Machine, transition: Transition): TraceStep {
  const { move } = transition;
  const performed = transition.performed.filter(({ place }) => !isForGhost(operationOf(place)));
  const thread = machine.system.threads[move.thread];
  const operations = performed.map((one) => traceOperation(one, machine.layout));
  const [first] = operations;
  if (thread === undefined || first === undefined) throw new Error('a step without an operation');
  return {
    thread: thread.name,
    role: thread.role,
    frames: first.frames,
    ...labelOf(first.label),
    operations,
    reads: operations.flatMap(({ reads }) => reads),
    writes: operations.flatMap(({ writes }) => writes),
    move,
  };
}

/** The calls that a thread is in, outermost first. */
export function framesOf(frames: readonly FrameStart[]): readonly TraceFrame[] {
  return frames.flatMap((frame) =>
    frame.kind === 'call' ? [{ name: frame.callee.functionName, ...labelOf(frame.label) }] : [],
  );
}

function traceOperation(performed: Performed, layout: Layout): TraceOperation {
  const { place, branches } = performed;
  const operation = operationOf(place);
  const result = resultOf(performed);
  return {
    frames: framesOf(place.frames),
    ...labelOf(operation.label),
    action: actionText(operation),
    ...(result === undefined ? {} : { result }),
    reads: readsOf(performed, layout),
    writes: writesOf(performed, layout),
    ...siteOfPlace(place),
    branches: branches.map(({ label, frames }) => ({ label, frames: framesOf(frames) })),
  };
}

function resultOf({ place, effect }: Performed): string | undefined {
  const { action } = operationOf(place);
  if (action.kind === 'choose') return action.shown[effect?.choice ?? -1];
  return effect?.result === undefined ? undefined : showValue(effect.result);
}

/** What the operation looked at: the values on which what happens next depends. */
function readsOf({ place, values }: Performed, layout: Layout): ValueRead[] {
  const { action } = operationOf(place);
  const read = (variable: Variable<Scalar>) => ({
    variable: variable.name,
    value: showValue(
      variable.domain[values[slotOf(layout, variable, () => 'the trace')] as number],
    ),
  });
  if (action.kind === 'test') return action.terms.map(({ variable }) => read(variable));
  return action.kind === 'access' && looks(action) ? [read(action.variable)] : [];
}

/** What the operation stored, even where the old value was the same. */
function writesOf({ place, values, effect }: Performed, layout: Layout): ValueWritten[] {
  if (effect === undefined) return [];
  return writtenBy(operationOf(place)).map((variable) => {
    const show = (valuation: Valuation) =>
      showValue(variable.domain[valuation[slotOf(layout, variable, () => 'the trace')] as number]);
    return { variable: variable.name, from: show(values), to: show(effect.values) };
  });
}

function writtenBy({ action }: Operation): readonly Variable<Scalar>[] {
  if (action.kind === 'fill') return action.variables;
  return action.kind === 'access' && stores(action) ? [action.variable] : [];
}

function isForGhost({ action }: Operation): boolean {
  return action.kind === 'access' && action.variable.ghost;
}

function stores({ next }: Access): boolean {
  return next.some((to, from) => to !== from && to !== DISABLED);
}

function operationOf({ operation }: Place): Operation {
  if (operation === undefined) throw new Error('a finished thread performed an operation');
  return operation;
}

/** Every variable with the value that it begins with. */
export function initialValues({ shared }: System): InitialValue[] {
  return shared.variables.map(({ name, domain, initial }) => ({
    variable: name,
    value: showValue(domain[initial]),
    type: typeOf(domain),
  }));
}

function typeOf(domain: readonly Scalar[]): InitialValue['type'] {
  if (domain.every((value) => Number.isInteger(value))) return 'integer';
  return domain.every((value) => typeof value === 'boolean') ? 'boolean' : 'text';
}

function siteOfPlace({ site }: Place): { readonly site?: Site } {
  const found = site === undefined ? undefined : siteOf(site);
  return found === undefined ? {} : { site: found };
}

/** A label as a part of something, if there is one. */
export function labelOf(label: string | undefined): { readonly label?: string } {
  return label === undefined ? {} : { label };
}
