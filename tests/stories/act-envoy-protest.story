A state that protests complains; a crowd that protests marches.
----
Thailand protested against the shelling by Cambodia. Egyptian students protested in Cairo.
----
THA.GOV ACCUSE disapprove KHM.GOV.MIL | when? | Cambodia | the report | happened
KHM.GOV.MIL ASSAULT heavy-weapons THA.GOV | when? | Cambodia | the report | happened
EGY.EDU.CVL PROTEST demo EGY.GOV | when? | Cairo | the report | happened
