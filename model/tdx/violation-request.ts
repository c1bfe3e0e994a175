import {
  every_gfn,
  every_region,
  first_gfn,
  type Geometry,
  type Gfn,
  gfn_round_for_level,
  type Level,
  PG_LEVEL_2M,
  PG_LEVEL_4K,
} from '../gfn.ts';

/**
 * `violation_request_level`, `violation_gfn_start` and `violation_gfn_end` of `struct vcpu_tdx`
 * (v1 12/21): 'none', or the level and the first gfn of the aligned range, e.g. '4K from gfn 3'.
 */
export type ViolationRequest = 'none' | `${'4K' | '2M'} from gfn ${number}`;

/** The request for `level` at the aligned range that holds `gfn`. */
export function violation_request(
  geometry: Geometry,
  gfn: Gfn,
  level: Level,
): Exclude<ViolationRequest, 'none'> {
  const name = level === PG_LEVEL_4K ? '4K' : '2M';
  return `${name} from gfn ${gfn_round_for_level(geometry, gfn, level)}`;
}

/** Every value that a request can have. */
export function every_violation_request(geometry: Geometry): readonly ViolationRequest[] {
  const small = every_gfn(geometry).map((gfn) => violation_request(geometry, gfn, PG_LEVEL_4K));
  const big = every_region(geometry).map((region) =>
    violation_request(geometry, first_gfn(geometry, region), PG_LEVEL_2M),
  );
  return ['none', ...small, ...big];
}

/** The level that `request` asks for where it covers `gfn`; 2M where it does not. */
export function requested_level(geometry: Geometry, request: ViolationRequest, gfn: Gfn): Level {
  return request === violation_request(geometry, gfn, PG_LEVEL_4K) ? PG_LEVEL_4K : PG_LEVEL_2M;
}
