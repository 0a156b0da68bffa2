The speaker stands after the act; the act itself happened.
----
Rebels shelled the town of Kidal, the army said.
----
?.REB ASSAULT heavy-weapons MLI.CVL | when? | Kidal | Rebels | happened
