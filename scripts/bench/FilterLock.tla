----------------------------- MODULE FilterLock -----------------------------
(* Peterson's filter lock for N processes, one step a shared access, as in   *)
(* docs/examples/peterson.ts, which reaches the same states. For N = 4:      *)
(* 115,256 states and 461,024 steps; TLC generates one state more than there *)
(* are steps, the initial one.                                               *)
EXTENDS Naturals

CONSTANT N

VARIABLES
  flag, (* the level that a process is trying to pass; 0 while it wants none *)
  turn, (* the process that came to a level last *)
  pc,
  k,    (* the level of a process *)
  j     (* the process that it looks at *)

vars == <<flag, turn, pc, k, j>>

Processes == 0 .. N - 1
Levels == 1 .. N - 1

Init ==
  /\ flag = [i \in Processes |-> 0]
  /\ turn = [l \in Levels |-> 0]
  /\ pc = [i \in Processes |-> "set"]
  /\ k = [i \in Processes |-> 1]
  /\ j = [i \in Processes |-> 0]

First(i) == IF i = 0 THEN 1 ELSE 0
After(i) == IF j[i] + 1 = i THEN j[i] + 2 ELSE j[i] + 1

(* To the next level, or into the critical section. *)
Up(i) ==
  IF k[i] < N - 1
  THEN /\ k' = [k EXCEPT ![i] = @ + 1]
       /\ pc' = [pc EXCEPT ![i] = "set"]
  ELSE /\ k' = [k EXCEPT ![i] = 1]
       /\ pc' = [pc EXCEPT ![i] = "crit"]

Set(i) ==
  /\ pc[i] = "set"
  /\ flag' = [flag EXCEPT ![i] = k[i]]
  /\ pc' = [pc EXCEPT ![i] = "trn"]
  /\ UNCHANGED <<turn, k, j>>

Trn(i) ==
  /\ pc[i] = "trn"
  /\ turn' = [turn EXCEPT ![k[i]] = i]
  /\ pc' = [pc EXCEPT ![i] = "wai"]
  /\ UNCHANGED <<flag, k, j>>

Wai(i) ==
  /\ pc[i] = "wai"
  /\ IF turn[k[i]] # i
     THEN /\ Up(i)
          /\ UNCHANGED j
     ELSE /\ j' = [j EXCEPT ![i] = First(i)]
          /\ pc' = [pc EXCEPT ![i] = "chk"]
          /\ UNCHANGED k
  /\ UNCHANGED <<flag, turn>>

Chk(i) ==
  /\ pc[i] = "chk"
  /\ IF flag[j[i]] >= k[i]
     THEN /\ j' = [j EXCEPT ![i] = 0]
          /\ pc' = [pc EXCEPT ![i] = "wai"]
          /\ UNCHANGED k
     ELSE IF After(i) < N
     THEN /\ j' = [j EXCEPT ![i] = After(i)]
          /\ UNCHANGED <<pc, k>>
     ELSE /\ j' = [j EXCEPT ![i] = 0]
          /\ Up(i)
  /\ UNCHANGED <<flag, turn>>

Crit(i) ==
  /\ pc[i] = "crit"
  /\ flag' = [flag EXCEPT ![i] = 0]
  /\ pc' = [pc EXCEPT ![i] = "set"]
  /\ UNCHANGED <<turn, k, j>>

Next == \E i \in Processes : Set(i) \/ Trn(i) \/ Wai(i) \/ Chk(i) \/ Crit(i)

Spec == Init /\ [][Next]_vars

Exclusion == \A a, b \in Processes : (pc[a] = "crit" /\ pc[b] = "crit") => a = b
=============================================================================
