What is done every week recurs.
----
Israeli soldiers arrest Palestinian protesters every Friday. Indian and Pakistani officials meet twice a year.
----
ISR.MIL.GOV COERCE arrest PSE.CVL.OPP | when? | where? | the report | recurring
IND.GOV+PAK.GOV CONSULT - | when? | where? | the report | recurring
