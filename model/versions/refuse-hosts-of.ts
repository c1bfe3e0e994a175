import { ParameterError } from '../../checker/index.ts';
import type { Version } from './version.ts';

/** @throws ParameterError if one of these words of `--host` is not modelled with the version */
export function refuse_hosts_of(
  { name, without_host = {} }: Version,
  host: readonly string[],
): void {
  for (const word of host) {
    const reason = without_host[word];
    if (reason !== undefined)
      throw new ParameterError(`--host ${word}: not with ${name}: ${reason}`);
  }
}
