Sanctions over its tests fall on him whose tests they are.
----
Japan announced new sanctions against North Korea.
----
JPN.GOV.MIL SANCTION PRK.GOV | when? | where? | the report | happened
