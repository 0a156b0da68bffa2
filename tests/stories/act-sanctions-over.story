Sanctions over its tests fall on him whose tests they are.
----
Japan announced new sanctions against North Korea. The list has forty names.
----
JPN.GOV SANCTION PRK.GOV.MIL | when? | where? | the report | happened
