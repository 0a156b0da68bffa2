Nobody, none and no deny the verb that they stand with.
----
Iraqi police made no arrests of protesters. Villagers said that no Ugandan soldiers attacked Congolese farmers.
----
IRQ.COP COERCE arrest ?.CVL.OPP | when? | where? | the report | negated
UGA.MIL ASSAULT COD.CVL.AGR | when? | where? | Villagers | negated
