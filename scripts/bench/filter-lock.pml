/*
 * Peterson's filter lock for N processes, as a user of SPIN would write it: the yardstick for
 * docs/examples/peterson.ts, which reaches the same states.
 *
 *   spin -a -DN=5 filter-lock.pml
 *   gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c
 *   ./pan -w24 -m2000000
 *
 * N=4: 115,256 states and 461,025 transitions; N=5: 10,042,596 and 50,212,981. One transition more
 * than steps: SPIN counts the initial state.
 */
#ifndef N
#define N 5
#endif

byte flag[N]; /* the level that process i is trying to pass; 0 while it does not want the lock */
byte turn[N]; /* the process that came to level k last; turn[0] is unused */
byte inside;  /* processes in their critical section */

/* The process behind j to look at: any but this one. */
#define AFTER(j) (j + 1 == _pid -> j + 2 : j + 1)

active [N] proctype contender() {
  byte k = 1; /* the level */
  byte j;     /* the process that is looked at */

set:
  flag[_pid] = k;
trn:
  turn[k] = _pid;
wai:
  if
  :: d_step { turn[k] == _pid -> j = (_pid == 0 -> 1 : 0) }
  :: d_step { turn[k] != _pid && k < N - 1 -> k++ }; goto set
  :: d_step { turn[k] != _pid && k == N - 1 -> k = 1; inside++; assert(inside == 1) }; goto crit
  fi;
chk:
  if
  :: d_step { flag[j] >= k -> j = 0 }; goto wai
  :: d_step { flag[j] < k && AFTER(j) < N -> j = AFTER(j) }; goto chk
  :: d_step { flag[j] < k && AFTER(j) >= N && k < N - 1 -> j = 0; k++ }; goto set
  :: d_step {
       flag[j] < k && AFTER(j) >= N && k == N - 1 -> j = 0; k = 1; inside++; assert(inside == 1)
     }; goto crit
  fi;
crit:
  if
  :: d_step { flag[_pid] = 0; inside-- }; goto set
  fi
}
