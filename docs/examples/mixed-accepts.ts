import {
  atomic,
  defineModel,
  done,
  every,
  fill,
  holds,
  integer,
  invariant,
  loop,
  type Modelled,
  modelled,
  next,
  type RwLock,
  type SharedArray,
  some,
  stepClaim,
  thread,
  type Variable,
  word,
} from '../../checker/index.ts';

/** Levels of a leaf. A leaf of one level spans two leaves of the level below. */
const LEVEL_4K = 1;
const LEVEL_2M = 2;
const LEVEL_1G = 3;

interface Memory {
  /** `map[page]`: the level of the leaf that maps the page; 0 for none. */
  readonly map: SharedArray<Variable<number>>;
  /** `inhibit2M[region]`: no 2M leaf may map the region. One-way. */
  readonly inhibit2M: SharedArray<Variable<boolean>>;
  /** No 1G leaf may map the region. One-way. */
  readonly inhibit1G: Variable<boolean>;
  readonly lock: RwLock;
  /** The biggest level that pages are mapped at. */
  readonly top: number;
}

interface Accept {
  readonly page: number;
  readonly level: number;
}

type Step = Modelled<[Memory, number, number], void>;

/** The functions in which a mistake differs from the correct code. */
interface Kernel {
  readonly split_and_inhibit: Step;
  readonly fault: Step;
}

/** The pages of the leaf of `level` that covers `page`. */
function block(memory: Memory, level: number, page: number): Variable<number>[] {
  const size = 2 ** (level - 1);
  const first = page - (page % size);
  return Array.from({ length: size }, (_, i) => memory.map.at(first + i));
}

function inhibitOf(memory: Memory, level: number, page: number): Variable<boolean> {
  return level === LEVEL_2M ? memory.inhibit2M.at(Math.floor(page / 2)) : memory.inhibit1G;
}

/** The TDX module's part, which looks at all entries of the page in one step. */
const acceptPage = modelled('accept', (memory: Memory, page: number, level: number) =>
  atomic(function* () {
    const entry = memory.map.at(page);
    if (level === LEVEL_2M) {
      const small = some(block(memory, level, page).map((other) => other.is(LEVEL_4K)));
      if (yield* holds(small).at('acc')) return 'mismatch';
    }
    const mapped = yield* entry.test((leaf) => leaf === level).at('acc');
    return mapped ? 'accepted' : 'exit';
  }),
);

const splitAndInhibit: Step = modelled('split_and_inhibit', function* (memory, page, level) {
  const entry = memory.map.at(page);
  yield* loop(null, () =>
    atomic(function* () {
      const above = yield* entry.map((leaf) => (leaf > level ? leaf : 0)).at('spl');
      if (above === 0) {
        yield* inhibitOf(memory, level + 1, page).write(true);
        return done(undefined);
      }
      yield* fill(block(memory, above, page), above - 1);
      return next(null);
    }),
  );
});

const inhibitOnly: Step = modelled('inhibit_only', function* (memory, page, level) {
  const inhibit = inhibitOf(memory, level + 1, page);
  yield* inhibit.write(true).at('spl');
});

/** The highest level that is not inhibited. */
const goalLevel = modelled('goal_level', (memory: Memory, page: number) =>
  atomic(function* () {
    for (let level = memory.top; level > LEVEL_4K; level--) {
      const inhibit = inhibitOf(memory, level, page);
      if (yield* inhibit.test((set) => !set).at('rdl')) return level;
    }
    return LEVEL_4K;
  }),
);

/** Maps the block unless something in it is mapped already. */
const mapBlock = modelled('map', (memory: Memory, page: number, level: number) =>
  atomic(function* () {
    const pages = block(memory, level, page);
    const free = yield* holds(every(pages.map((entry) => entry.is(0)))).at('map');
    if (free) yield* fill(pages, level);
  }),
);

const READER = { acquire: 'rlk', release: 'rul' };
const WRITER = { acquire: 'wlk', release: 'wul' };

const fault: Step = modelled('fault', function* (memory, page) {
  yield* memory.lock.read(function* () {
    yield* mapBlock(memory, page, yield* goalLevel(memory, page));
  }, READER);
});

const faultWithEarlyRead: Step = modelled('fault', function* (memory, page) {
  const level = yield* goalLevel(memory, page);
  yield* memory.lock.read(function* () {
    yield* mapBlock(memory, page, level);
  }, READER);
});

const correct: Kernel = { split_and_inhibit: splitAndInhibit, fault };

/** Seeded mistakes, by the word that selects them. */
const KERNELS: Readonly<Record<string, Kernel>> = {
  none: correct,
  'early-read': { ...correct, fault: faultWithEarlyRead },
  'no-split': { ...correct, split_and_inhibit: inhibitOnly },
};

const handleExit = modelled(
  'handle_exit',
  function* (kernel: Kernel, memory: Memory, page: number, level: number) {
    const inhibit = inhibitOf(memory, level + 1, page);
    if (!(yield* inhibit.read().at('tst'))) {
      yield* memory.lock.write(function* () {
        yield* kernel.split_and_inhibit(memory, page, level);
        if (level === LEVEL_4K) yield* memory.inhibit1G.write(true).at('in3');
      }, WRITER);
    }
    yield* kernel.fault(memory, page, level);
  },
);

/** What a guest asks for at `entry` of its script; `small` 1 or 2: the 4K page of a refused 2M. */
function request(script: readonly Accept[], entry: number, small: number): Accept {
  const asked = script[entry]!;
  return small === 0 ? asked : { page: asked.page + small - 1, level: LEVEL_4K };
}

const vcpu = modelled(
  'vcpu',
  function* (kernel: Kernel, memory: Memory, script: readonly Accept[]) {
    yield* loop({ entry: 0, small: 0 }, function* ({ entry, small }) {
      const { page, level } = request(script, entry, small);
      const outcome = yield* acceptPage(memory, page, level);
      if (outcome === 'exit') {
        yield* handleExit(kernel, memory, page, level);
        return next({ entry, small });
      }
      if (outcome === 'mismatch') return next({ entry, small: 1 });
      if (small === 1) return next({ entry, small: 2 });
      return entry + 1 < script.length ? next({ entry: entry + 1, small: 0 }) : done(undefined);
    });
  },
);

const host = modelled('host', function* (memory: Memory) {
  yield* memory.lock.write(function* () {
    yield* fill([...memory.map], 0).at('zap');
  }, WRITER);
});

/** Scripts of the vCPUs, as `page@level`. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  '2M': ['0@2M 0@4K 1@4K', '1@4K 0@2M 0@4K', '0@4K 1@4K 0@2M', '0@2M 1@4K 0@2M'],
  '1G': ['0@2M 2@4K 0@4K', '1@4K 2@2M 3@4K', '0@4K 0@2M 2@4K', '2@2M 3@4K 0@2M'],
};

function parseScript(text: string): Accept[] {
  return text.split(' ').map((accept) => {
    const [page, level] = accept.split('@');
    return { page: Number(page), level: level === '4K' ? LEVEL_4K : LEVEL_2M };
  });
}

export default defineModel({
  name: 'mixed-accepts',
  version: '1',
  summary: 'vCPUs accept memory at 4K and 2M, and a host thread zaps it',
  parameters: {
    vcpus: integer({ help: 'vCPUs', default: 3, min: 1, max: 4 }),
    accepts: integer({ help: 'accepts of each vCPU', default: 2, min: 1, max: 3 }),
    top: word({ help: 'biggest mapping', default: '2M', words: ['2M', '1G'] }),
    mistake: word({ help: 'seeded mistake', default: 'none', words: Object.keys(KERNELS) }),
  },
  build(shared, { vcpus, accepts, top, mistake }) {
    const pages = top === '1G' ? 4 : 2;
    const memory: Memory = {
      map: shared.array('map', pages, (name) =>
        shared.integer(name, { min: 0, max: top === '1G' ? LEVEL_1G : LEVEL_2M }),
      ),
      inhibit2M: shared.array('inhibit2M', pages / 2, (name) => shared.boolean(name)),
      inhibit1G: shared.boolean('inhibit1G'),
      lock: shared.rwLock('lock', { readers: vcpus }),
      top: top === '1G' ? LEVEL_1G : LEVEL_2M,
    };
    const kernel = KERNELS[mistake]!;
    const guests = SCRIPTS[top]!.slice(0, vcpus).map((script, i) =>
      thread(`vCPU${i}`, script, vcpu, kernel, memory, parseScript(script).slice(0, accepts)),
    );
    return { threads: [...guests, thread('host', 'zap', host, memory)], claims: claimsOf(memory) };
  },
  notModelled: ['anything of KVM beyond the table in this file; see model/ for that'],
});

function claimsOf(memory: Memory) {
  const noLeafAbove = invariant(
    {
      id: 'no-leaf-above',
      sentence: 'Without a writer, an inhibited level has no leaf at or above it.',
    },
    [...memory.map].map((_, page) => page),
    function* (page) {
      if (!(yield* holds(memory.lock.hasNoWriter()))) return 'vacuous';
      const leaf = yield* memory.map.at(page).read();
      if (leaf < LEVEL_2M) return true;
      if (yield* inhibitOf(memory, LEVEL_2M, page).read()) return false;
      return leaf < LEVEL_1G || !(yield* memory.inhibit1G.read());
    },
    (page) => `page ${page}`,
  );

  const oneWay = stepClaim(
    { id: 'one-way', sentence: 'An inhibit bit that is set stays set.' },
    [...memory.inhibit2M, memory.inhibit1G],
    (_before, after) => after,
  );

  return [noLeafAbove, oneWay];
}
