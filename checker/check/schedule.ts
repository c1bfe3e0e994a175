import { crc32 } from 'node:zlib';
import type { Move } from '../engine/engine.ts';
import type { Model } from '../language/model.ts';
import { completeScope } from '../language/model.ts';
import {
  changedParameters,
  flagName,
  ParameterError,
  parseParameter,
  type Scope,
} from '../language/parameter.ts';
import { decodeMoves, encodeMoves } from './moves.ts';

/** What a schedule string says: which run of which system, and what it shows. */
export interface Schedule {
  /** A value for each parameter of the model. */
  readonly scope: Scope;
  /** The claim that it violates. */
  readonly claim: string;
  readonly moves: readonly Move[];
  /** For a claim over infinite runs: what follows the moves for ever. */
  readonly loop?: readonly Move[];
  /** The version of the model in which it was found: a note, not a lock. */
  readonly foundIn: string;
}

/** A schedule string that cannot be followed. The message is one line. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

type NamedModel = Pick<Model, 'name' | 'version' | 'parameters'>;

const SHAPE = 'expected MODEL@VERSION/PARAMETERS/CLAIM/MOVES/CHECKSUM';

/**
 * The string that `decodeSchedule` reads: `model@version/flag=value+.../claim/moves/checksum`, with
 * the parameters that differ from their defaults only. It needs no quotes in a shell.
 *
 * @param loop for a claim over infinite runs: the moves are `prefix:loop`
 */
export function encodeSchedule(
  model: NamedModel,
  scope: Scope,
  claim: string,
  moves: readonly Move[],
  loop?: readonly Move[],
): string {
  const parameters = changedParameters(model.parameters, scope).map(
    ([flag, value]) => `${flag}=${encodeText(value)}`,
  );
  const text = [
    `${encodeText(model.name)}@${encodeText(model.version)}`,
    parameters.join('+'),
    encodeText(claim),
    encodeMoves(moves) + (loop === undefined ? '' : `:${encodeMoves(loop)}`),
  ].join('/');
  return `${text}/${checksum(text)}`;
}

/**
 * Reads a schedule string for a model, which need not be the version that it was found in. White
 * space means nothing.
 *
 * @throws ScheduleError if it is corrupt, belongs to another model, or names a parameter or value
 *   that the model does not have. Each substitution of one character is noticed; other damage
 *   escapes with a chance of 2^-32.
 */
export function decodeSchedule(given: string, model: NamedModel): Schedule {
  // Reports break long schedules, and so do mail clients.
  const text = given.replaceAll(/\s/g, '');
  const end = text.lastIndexOf('/');
  const body = text.slice(0, Math.max(end, 0));
  const fields = body.split('/');
  if (fields.length !== 4) {
    throw new ScheduleError(`schedule has ${fields.length + 1} parts between slashes; ${SHAPE}`);
  }
  if (text.slice(end + 1) !== checksum(body)) {
    throw new ScheduleError(
      'schedule is corrupt: its checksum does not fit; expected the whole string as it was printed',
    );
  }
  const [origin = '', parameters = '', claim = '', moves = ''] = fields;
  const [name = '', version = ''] = origin.split('@').map(decodeText);
  if (name !== model.name) {
    throw new ScheduleError(
      `schedule is of model ${name}, but the model loaded is ${model.name}; ` +
        `expected --model with the file of ${name}`,
    );
  }
  const parts = moves.split(':').map(decodeMoves);
  const [steps, loop] = parts;
  if (steps === undefined || parts.includes(undefined) || parts.length > 2 || loop?.length === 0) {
    throw new ScheduleError(`schedule has malformed moves; ${SHAPE}`);
  }
  return {
    scope: completeScope(model.parameters, decodeParameters(parameters, model)),
    claim: decodeText(claim),
    moves: steps,
    ...(loop === undefined ? {} : { loop }),
    foundIn: version,
  };
}

function decodeParameters(text: string, model: NamedModel): Partial<Scope> {
  if (text === '') return {};
  const entries = text.split('+').map((part) => {
    const [flag = '', value = ''] = part.split('=');
    const known = Object.entries(model.parameters).find(([name]) => flagName(name) === flag);
    if (known === undefined) {
      throw new ScheduleError(
        `schedule sets --${flag}, which model ${model.name} ${model.version} does not have`,
      );
    }
    const [name, parameter] = known;
    try {
      return [name, parseParameter(name, parameter, decodeText(value))] as const;
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error;
      throw new ScheduleError(`schedule sets ${error.message}`);
    }
  });
  return Object.fromEntries(entries);
}

function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64url');
}

/** Leaves what is neither safe in a shell nor free of meaning here as `%` and hex digits. */
function encodeText(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      if (/[A-Za-z0-9_.,:-]/.test(letter)) return letter;
      return `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ScheduleError(`schedule has a malformed ${text}; ${SHAPE}`);
  }
}
