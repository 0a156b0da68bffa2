Doubt about who did it is no doubt about the deed.
----
Suspected rebels killed four Kenyan soldiers. A blast blamed on militants injured two Kenyan policemen.
----
KEN.REB~ ASSAULT KEN.MIL | when? | where? | the report | happened
KEN.REB~ ASSAULT suicide-attack KEN.COP | when? | where? | the report | happened
- ACCUSE allege KEN.REB~ | when? | where? | the report | happened
