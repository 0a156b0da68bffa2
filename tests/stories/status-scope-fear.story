The fear is doubtful, the talks are not.
----
published: 2025-03-05
Possibly fearing new sanctions, Iranian leaders met European envoys.
----
IRN.GOV CONSULT EUR.GOV~ | when? | where? | the report | happened
