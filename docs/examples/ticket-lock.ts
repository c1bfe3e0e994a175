import {
  assert,
  defineModel,
  during,
  inside,
  integer,
  invariant,
  loop,
  type Modelled,
  modelled,
  next,
  onReturn,
  stepClaim,
  thread,
  type Variable,
  whileInside,
  word,
} from '../../checker/index.ts';

/** A ticket lock: take a number, wait until it is served. Numbers wrap around. */
interface TicketLock {
  /** The ticket that the next thread gets. */
  readonly nextTicket: Variable<number>;
  readonly nowServing: Variable<number>;
  /** How many different tickets there are. */
  readonly tickets: number;
  /** What the lock protects: the thread that wrote here last. */
  readonly owner: Variable<number>;
}

/** The functions in which the variants differ: a variant is a record, not a flag in the code. */
interface Code {
  readonly take_ticket: Modelled<[TicketLock], number>;
}

/** `ticket = lock->next_ticket++`, which compiles to a load and a store. */
const broken: Code = {
  take_ticket: modelled('take_ticket', function* (lock: TicketLock) {
    const ticket = yield* lock.nextTicket.read().at('load');
    yield* lock.nextTicket.write((ticket + 1) % lock.tickets).at('store');
    return ticket;
  }),
};

/** `ticket = atomic_fetch_add(&lock->next_ticket, 1)`. */
const fixed: Code = {
  ...broken,
  take_ticket: modelled('take_ticket', function* (lock: TicketLock) {
    return yield* lock.nextTicket.fetchUpdate((ticket) => (ticket + 1) % lock.tickets).at('take');
  }),
};

const VARIANTS: Readonly<Record<string, Code>> = { broken, fixed };

const release = modelled('release', function* (lock: TicketLock) {
  // Two steps here too. Only the thread that is served writes, so nobody can come in between.
  yield* lock.nowServing.modify((ticket) => (ticket + 1) % lock.tickets, {
    load: 'serve load',
    store: 'serve store',
  });
});

const criticalSection = modelled('critical_section', function* (lock: TicketLock, me: number) {
  yield* lock.owner.write(me).at('own');
  const mine = yield* lock.owner.test((owner) => owner === me).at('check');
  yield* assert(mine, 'another thread wrote to owner');
});

const customer = modelled('customer', function* (code: Code, lock: TicketLock, me: number) {
  yield* loop(null, function* () {
    const ticket = yield* code.take_ticket(lock);
    yield* during('holds', { ticket }, function* () {
      yield* lock.nowServing.waitUntil((serving) => serving === ticket).at('wait');
      yield* during('critical section', me, function* () {
        yield* criticalSection(lock, me);
      });
      yield* release(lock);
    });
    return next(null);
  });
});

export default defineModel({
  name: 'ticket-lock',
  version: '1',
  summary: 'A ticket lock, with and without the bug of a ticket that is taken in two steps',
  parameters: {
    threads: integer({ help: 'threads that want the lock', default: 2, min: 2, max: 5 }),
    tickets: integer({ help: 'different tickets before they wrap', default: 5, min: 2, max: 8 }),
    variant: word({ help: 'how a ticket is taken', default: 'broken', words: ['broken', 'fixed'] }),
  },
  build(shared, { threads, tickets, variant }) {
    const code = VARIANTS[variant]!;
    const lock: TicketLock = {
      nextTicket: shared.integer('nextTicket', { min: 0, max: tickets - 1 }),
      nowServing: shared.integer('nowServing', { min: 0, max: tickets - 1 }),
      tickets,
      owner: shared.integer('owner', { min: 0, max: threads - 1 }),
    };
    return {
      threads: Array.from({ length: threads }, (_, me) =>
        thread(`thread${me}`, 'customer', customer, code, lock, me),
      ),
      claims: claimsOf(code, lock),
    };
  },
  notModelled: ['store buffers: every write is seen by all threads at once'],
  matrix: {
    versions: [
      {
        name: 'broken',
        summary: 'takes a ticket in two steps',
        given: { variant: 'broken' },
        smallest: { threads: 2 },
        fails: ['unique-ticket'],
      },
      {
        name: 'fixed',
        summary: 'takes a ticket in one step',
        given: { variant: 'fixed' },
        smallest: { threads: 2 },
        fails: [],
      },
    ],
  },
});

function claimsOf(code: Code, lock: TicketLock) {
  const exclusion = invariant(
    { id: 'exclusion', sentence: 'At most one thread is in its critical section.' },
    ['the lock'],
    function* () {
      return (yield* inside('critical section')) <= 1;
    },
  );

  const unique = whileInside(
    { id: 'unique-ticket', sentence: 'No two threads hold the same ticket.' },
    'holds',
    function* ({ ticket }: { ticket: number }) {
      return (yield* inside('holds', { ticket })) === 1;
    },
  );

  const inOrder = stepClaim(
    { id: 'in-order', sentence: 'Tickets are served one after the other.' },
    [lock.nowServing],
    (before, after) => after === (before + 1) % lock.tickets,
  );

  const free = onReturn(
    {
      id: 'free-when-served',
      sentence: 'Who takes the ticket that is being served finds the critical section empty.',
    },
    code.take_ticket,
    function* ([lock], ticket) {
      if (yield* lock.nowServing.test((serving) => serving !== ticket)) return 'vacuous';
      return (yield* inside('critical section')) === 0;
    },
  );

  return [exclusion, unique, inOrder, free];
}
