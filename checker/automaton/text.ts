import { showValue } from '../language/value.ts';
import { actionKey, resultsOf } from './action-key.ts';
import type { Automaton, Event } from './automaton.ts';

/**
 * An automaton as text, one line a node. The numbering is canonical, so two automata behave alike
 * exactly if their texts are equal.
 */
export function automatonText({ nodes, entry }: Automaton): string {
  const lines = nodes.map(({ action, label, interior, positions, edges }, i) => {
    const does =
      action.kind === 'finished' || action.kind === 'crash' ? action.kind : actionKey(action);
    const marks = positions.map(({ mark, data }) => ` in ${mark} ${showValue(data)}`).join('');
    const results = action.kind === 'finished' || action.kind === 'crash' ? [] : resultsOf(action);
    const targets = edges.map(({ target, events }, e) => {
      const happens = events.map((event) => ` ${eventText(event)}`);
      return ` ${showValue(results[e])}->${target}${happens.join('')}`;
    });
    return `${i}${interior ? ' interior' : ''} ${label ?? '-'} ${does}${marks}${targets.join('')}`;
  });
  return [`entry ${entry}`, ...lines].join('\n');
}

function eventText(event: Event): string {
  switch (event.kind) {
    case 'passed':
      return event.claim;
    case 'left':
      return `out of ${event.mark} ${showValue(event.data)}`;
    case 'return':
      return `${event.functionName}=${showValue(event.result)}`;
  }
}
