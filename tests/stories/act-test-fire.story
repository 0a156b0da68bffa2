To test-fire a missile shows force; it hits nobody.
----
Iran test-fired a ballistic missile.
----
IRN.GOV MOBILIZE weapons - | when? | where? | the report | happened
