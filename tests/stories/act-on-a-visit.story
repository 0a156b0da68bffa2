To be on a visit is to visit.
----
Italian President Luca Ferri is on a visit to Morocco.
----
ITA.GOV CONSULT visit MAR.GOV | when? | Morocco | the report | ongoing
