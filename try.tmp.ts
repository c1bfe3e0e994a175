import { compileSearch } from './checker/codegen/compile-search.ts';
import { Shard } from './checker/compiled/shard.ts';
import { prepare, explore } from './checker/search/explore.ts';
import { initialState } from './checker/search/layout.ts';
import { buildSystem, completeScope } from './checker/language/model.ts';
import kernel from './properties/index.ts';
import peterson from './docs/examples/peterson.ts';
import mixed from './docs/examples/mixed-accepts.ts';
const [which, json, bits='9', cap='8192'] = process.argv.slice(2);
const model: any = { kernel, peterson, mixed }[which!];
const scope = completeScope(model.parameters, JSON.parse(json!));
const system = buildSystem(model, scope);
const p = prepare(system);
let t0 = performance.now();
const search = compileSearch(p, Number(bits));
let t1 = performance.now();
const module = new WebAssembly.Module(search.bytes);
let t2 = performance.now();
console.log('gen', (t1 - t0).toFixed(0), 'wasm', (t2 - t1).toFixed(0), 'bytes', search.bytes.length, 'heap', search.heap, 'words', search.map.words);
const shard = new Shard({ search, module }, () => { throw new Error('ship'); });
const P = search.map.partitions;
for (let i = 0; i < P; i++) shard.own(i, true);
shard.setBuffers(Number(cap));
const init = initialState(p.layout, p.compiled.automata.map((a) => a.entry));
t0 = performance.now();
const padded = new Uint8Array(search.map.stateBytes); padded.set(new Uint8Array(init.buffer));
shard.setCell('length', 0);
// find partition: insert into all? compute via hash in JS
function hash(words: bigint[]) { const M=(1n<<64n)-1n; let h = (words[0]! * 0x9e3779b97f4a7c15n)&M; for (const w of words.slice(1)) { h ^= h>>32n; h = ((h^w)*0x9e3779b97f4a7c15n)&M; } h ^= h>>32n; return (h*0xff51afd7ed558ccdn)&M; }
const h = hash([...new BigUint64Array(padded.buffer)]);
const p0 = Number(h >> BigInt(64 - Number(bits)));
shard.add(p0, padded);
shard.functions.judge(p0, 0, 1); shard.functions.start(p0);
let starts = new Int32Array(P), ends = Int32Array.from({length: P}, (_, i) => shard.count(i));
let level = 0, frontier = 1, tj = 0;
while (frontier > 0) {
  shard.setCell('length', level + 1);
  for (let i = 0; i < P; i++) for (let a = starts[i]!; a < ends[i]!; a += 4096) shard.functions.expand(i, a, Math.min(ends[i]!, a + 4096));
  shard.functions.flushAll();
  starts = ends; ends = Int32Array.from({length: P}, (_, i) => shard.count(i));
  const a = performance.now();
  frontier = 0;
  for (let i = 0; i < P; i++) { frontier += ends[i]! - starts[i]!; for (let a = starts[i]!; a < ends[i]!; a += 4096) shard.functions.judge(i, a, Math.min(ends[i]!, a + 4096)); }
  tj += performance.now() - a;
  level++;
}
const ms = performance.now() - t0;
const n = shard.cell('states'), tr = shard.cell('transitions');
console.log('states', n, 'transitions', tr, 'depth', level - 1, 'ms', ms.toFixed(0), 'judge ms', tj.toFixed(0), 'M states/s', (n / ms / 1e3).toFixed(2), 'M trans/s', (tr / ms / 1e3).toFixed(2), 'B/state', (shard.memoryBytes / n).toFixed(1), 'RSS', (process.resourceUsage().maxRSS*1024/n).toFixed(1));
console.log(shard.failures().join(), shard.faults());
if (process.argv[6] === 'cmp') {
  t0 = performance.now();
  const o = explore(system, { limits: {}, keepGoing: true, onProgress: () => 'continue' });
  console.log('interp', o.states, o.transitions, o.depth, (performance.now() - t0).toFixed(0));
  const prem = shard.premises(); const tal = shard.tallies(); const tot = new Map<string, number>(search.claimIds.map((c, i) => [c, prem[i]!]));
  p.code.happenings.lists.forEach(({ counts }, l) => { for (const c of counts) tot.set(c, tot.get(c)! + (tal[l] ?? 0)); });
  for (const [c, v] of o.premises) console.log(c, v, tot.get(c), v === tot.get(c) ? '' : 'DIFF');
}
