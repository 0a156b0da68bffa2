A pronoun goes on speaking for the last speaker named.
----
"Our forces attacked the port," General Musa Bello said. He added that the rebels had freed eleven hostages.
----
?.MIL.GOV ASSAULT ?.CVL.GOV | when? | where? | Musa Bello | happened
?.REB RETREAT release ?.CVL | when? | where? | Musa Bello | happened
