What is done every week recurs.
----
Israeli soldiers arrest Palestinian protesters every Friday. Indian and Pakistani officials meet twice a year.
----
ISR.MIL COERCE arrest PSE.CVL | when? | where? | the report | recurring
IND.GOV.MIL+PAK.GOV.MIL+?.GOV CONSULT PAK.GOV.MIL | when? | where? | the report | recurring
