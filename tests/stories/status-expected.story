What others foresee is expected, not planned.
----
published: 2025-03-05
Peru is expected to expel Chile's ambassador. Observers said Nigerian troops would attack the rebels.
----
PER.GOV.MIL SANCTION expel CHL.GOV | when? | where? | the report | expected
NGA.MIL.GOV ASSAULT ?.REB | when? | where? | Observers | expected
