What is under way is ongoing.
----
Russian forces are shelling the Ukrainian town. Protesters are still marching against the Bulgarian government.
----
RUS.MIL.GOV ASSAULT heavy-weapons UKR.CVL | when? | where? | the report | ongoing
?.CVL.OPP PROTEST demo BGR.GOV | when? | where? | the report | ongoing
