import { ScheduleError } from '../checker/check/schedule.ts';
import { ModelError } from '../checker/language/model-error.ts';
import { ParameterError } from '../checker/language/parameter.ts';
import { faultText } from '../checker/worker/fault-text.ts';
import type { ModelFile } from '../checker/worker/import-model.ts';
import type { WorkerAnswer } from '../checker/worker/messages.ts';
import { UsageError } from './usage-error.ts';

/** We have a bug. The message is one line. */
export class InternalFault extends Error {
  override readonly name = 'InternalFault';
}

/** The error that the fault of a worker stands for. */
export function errorOf(
  { fault, message }: WorkerAnswer & { readonly kind: 'fault' },
  file: ModelFile,
): Error {
  return fault === 'model'
    ? new ModelError(`${file.shownAs}: ${message}`)
    : new InternalFault(message);
}

/** What a command prints in place of its report when it cannot do its job: one line. */
export function faultLine(error: unknown): string {
  return `kvm-interleave: ${faultMessage(error)}`;
}

/** The same without the name of the program. */
export function faultMessage(error: unknown): string {
  return messageOf(error).replaceAll('\n', ' ');
}

function messageOf(error: unknown): string {
  const expected = [UsageError, ParameterError, ModelError, ScheduleError];
  if (error instanceof Error && expected.some((kind) => error instanceof kind)) {
    return error.message;
  }
  const text = error instanceof InternalFault ? error.message : faultText(error);
  return `internal fault, please report this line with the command that was run: ${text}`;
}
