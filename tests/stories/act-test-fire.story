To test-fire a missile shows force; it hits nobody.
----
Iran test-fired a ballistic missile.
----
IRN.GOV.MIL MOBILIZE weapons - | when? | where? | the report | happened
