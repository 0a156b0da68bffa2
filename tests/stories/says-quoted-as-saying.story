Who was quoted as saying it says it; whoever quotes stays unnamed.
----
General Omar Saleh was quoted as saying that rebels had attacked an army convoy near Kidal.
----
MLI.REB~ ASSAULT MLI.MIL~ | when? | Kidal | Omar Saleh | happened
