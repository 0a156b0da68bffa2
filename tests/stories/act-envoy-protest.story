A state that protests complains; a crowd that protests marches.
----
Thailand protested against the shelling by Cambodia. Hundreds of Egyptian students protested against the government in Cairo.
----
THA.GOV.CVL ACCUSE disapprove KHM.GOV.MIL | when? | where? | the report | happened
KHM.GOV.MIL ASSAULT heavy-weapons THA.GOV.CVL | when? | where? | the report | happened
EGY.CVL.EDU PROTEST demo EGY.GOV | when? | Cairo | the report | happened
