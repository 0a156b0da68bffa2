The fear is doubtful, the talks are not.
----
published: 2025-03-05
Possibly fearing new sanctions, Iranian leaders met European envoys.
----
IRN.GOV+EUR.GOV~ CONSULT - | when? | where? | the report | happened
