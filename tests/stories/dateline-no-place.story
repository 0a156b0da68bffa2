A dateline is where the report was filed: no place of the event, and no actor.
----
LISBON, Portugal (GW) — Ghana expelled two Togolese diplomats, the government in Accra said.
----
GHA.GOV SANCTION expel TGO.GOV | when? | where? | the government in Accra | happened
