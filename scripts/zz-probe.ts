import { identify } from '../checker/language/value.ts';
const m = await import('file:///tmp/cli-x/m.ts');
console.log(Object.keys(m), typeof m.default, Object.keys(m.default), (globalThis as any).fromModel === identify);
