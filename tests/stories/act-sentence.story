Courts that sentence punish; the police that arrest only hold.
----
Nigerian police arrested the opposition leader Bola Adeyi. Two Nigerian journalists were sentenced to three years in prison.
----
NGA.COP COERCE arrest NGA.OPP.PTY~ | when? | where? | the report | happened
NGA.GOV.MIL SANCTION convict NGA.JRN.CVL | when? | where? | the report | happened
