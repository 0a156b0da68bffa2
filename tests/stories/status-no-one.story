Nobody, none and no deny the verb that they stand with.
----
Iraqi police made no arrests of protesters. Villagers said that no Ugandan soldiers attacked Congolese farmers.
----
IRQ.COP COERCE arrest IRQ.CVL.OPP~ | when? | where? | the report | negated
UGA.MIL ASSAULT COD.AGR.CVL | when? | where? | Villagers | negated
