What was not done is told as not done, where both sides are named.
----
Kenya has not imposed sanctions on Togo. The rebels did not release the hostages.
----
KEN.GOV.MIL SANCTION TGO.GOV.MIL | when? | Togo | the report | negated
TGO.REB RETREAT release ?.CVL | when? | where? | the report | negated
