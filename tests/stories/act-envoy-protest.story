A state that protests complains; a crowd that protests marches.
----
Thailand protested against the shelling by Cambodia. Egyptian students protested in Cairo.
----
THA.GOV PROTEST demo KHM.GOV | when? | Cambodia | the report | happened
KHM.GOV ASSAULT aerial - | when? | Cambodia | the report | happened
EGY.EDU PROTEST demo - | when? | Cairo | the report | happened
