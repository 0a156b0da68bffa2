The denial belongs to the one denied hearsay is about: nothing is told as having happened.
----
The army denied reports that its soldiers had killed civilians in Goma, a United Nations spokesman said.
----
?.MIL ASSAULT ?.CVL | when? | Goma | a United Nations spokesman > The army | denied
