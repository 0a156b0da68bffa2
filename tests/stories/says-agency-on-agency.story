An agency relays another, which relays a ministry: the outermost comes first.
----
Iran has arrested two French citizens, the Fars news agency said on Tuesday, citing the Intelligence Ministry, the state news agency IRNA reported.
----
IRN.GOV.MIL COERCE FRA.CVL | when? | where? | the state news agency IRNA > the Fars news agency > the Intelligence Ministry | happened
