Nothing under doubt is told as done.
----
Analysts doubt that the rebels will free their hostages.
----
?.REB RETREAT release ?.CVL | when? | where? | Analysts | possible
